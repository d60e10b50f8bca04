"""The live account as a source of access keys: credential report, listing, and the choice between them."""
