locals {
  accounts = {
    prod  = "333333333333"
    audit = "444444444444"
  }
  services = { for name, conf in var.services : name => conf if conf.enabled }
}
