"""One module a verb: each has ``main(arguments) -> exit code`` and is imported when it is asked for."""
