locals {
  third = split("/", "p/q/r")
}
