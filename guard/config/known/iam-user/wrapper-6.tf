module "wrapper" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-user"
  version  = "6.5.0"
  for_each = var.items

  name              = try(each.value.name, var.defaults.name, "")
  create            = try(each.value.create, var.defaults.create, true)
  create_access_key = try(each.value.create_access_key, var.defaults.create_access_key, true)
  access_key_status = try(each.value.access_key_status, var.defaults.access_key_status, null)
  pgp_key           = try(each.value.pgp_key, var.defaults.pgp_key, null)
}

output "wrapper" {
  value     = module.wrapper
  sensitive = true
}
