"""Where our answer is known not to be Terraform's, and why that is so. What is mended must leave this list."""

EXPRESSIONS = {
    "true ? { x = { a = 1 }, y = { b = 2 } } : tomap({})": "the branch that is not taken is not converted",
}
CONFIGS = {
    "required-version-error": "which version of Terraform will run is not known",
}
