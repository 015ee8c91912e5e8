"""The command `conc`: a module for each of its verbs."""
