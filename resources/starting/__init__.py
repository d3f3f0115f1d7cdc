"""The resources that every new library begins with: a Markdown file each, with its card on top."""
