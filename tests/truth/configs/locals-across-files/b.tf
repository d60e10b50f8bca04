locals {
  second = local.third[1]
}
