"""`make demo` and what the other targets share with it: the virtual environment, the built files, the processes."""
