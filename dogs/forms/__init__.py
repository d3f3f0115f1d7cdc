"""What people type into this app's forms, by noun. They check and never write."""
