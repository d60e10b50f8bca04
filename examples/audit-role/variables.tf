variable "role_name" {
  description = "Name of the role. iam-key-guard looks for this name in other accounts unless --role-name says otherwise."
  type        = string
  default     = "iam-key-guard-audit"
}

variable "github" {
  description = "The GitHub workflow that may assume the role: the account's OIDC provider for token.actions.githubusercontent.com, the repository as ORG/REPO, and the environment that its job runs in."
  type = object({
    provider_arn = string
    repository   = string
    environment  = string
  })
  default = null

  validation {
    condition     = var.github == null ? true : can(regex("^[^/*]+/[^/*]+$", var.github.repository)) && !can(regex("[*]", var.github.environment))
    error_message = "Name one repository as ORG/REPO and one environment, without wildcards."
  }
}

variable "trusted_role_arns" {
  description = "Roles that may assume this one: in member accounts, the role that reads the organization."
  type        = list(string)
  default     = []
}

variable "external_id" {
  description = "If set, the trusted roles must send it (--external-id)."
  type        = string
  default     = null
}

variable "reads_organization" {
  description = "Whether the role lists the organization's accounts and assumes the role of the same name in them (--org). The account must be the management account or a delegated administrator."
  type        = bool
  default     = false
}

variable "permissions_boundary" {
  description = "ARN of a permissions boundary for the role."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
}
