# The role with which `iam-key-guard audit` reads an account. It can change nothing.

data "aws_partition" "current" {}

locals {
  arn = "arn:${data.aws_partition.current.partition}"
}

data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.github == null ? [] : [var.github]

    content {
      sid     = "GitHub"
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [statement.value.provider_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:aud"
        values   = ["sts.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:sub"
        values   = ["repo:${statement.value.repository}:environment:${statement.value.environment}"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.trusted_role_arns) > 0 ? [var.trusted_role_arns] : []

    content {
      sid     = "Roles"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = statement.value
      }

      dynamic "condition" {
        for_each = var.external_id == null ? [] : [var.external_id]

        content {
          test     = "StringEquals"
          variable = "sts:ExternalId"
          values   = [condition.value]
        }
      }
    }
  }
}

# The same as `iam-key-guard audit --print-policy` prints; a test compares them.
data "aws_iam_policy_document" "read" {
  statement {
    sid = "Account"
    actions = [
      "iam:GenerateCredentialReport",
      "iam:GetAccountSummary",
      "iam:GetCredentialReport",
      "iam:ListAccountAliases",
      "iam:ListUsers",
    ]
    resources = ["*"]
  }

  statement {
    sid = "AccessKeys"
    actions = [
      "iam:GetAccessKeyLastUsed",
      "iam:ListAccessKeys",
    ]
    resources = ["${local.arn}:iam::*:user/*"]
  }

  dynamic "statement" {
    for_each = var.reads_organization ? [true] : []

    content {
      sid       = "Organization"
      actions   = ["organizations:ListAccounts"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = var.reads_organization ? [true] : []

    content {
      sid       = "OtherAccounts"
      actions   = ["sts:AssumeRole"]
      resources = ["${local.arn}:iam::*:role/${var.role_name}"]
    }
  }
}

resource "aws_iam_role" "audit" {
  name                 = var.role_name
  description          = "Reads who has how many active access keys (iam-key-guard audit)"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = var.github != null || length(var.trusted_role_arns) > 0
      error_message = "Set github or trusted_role_arns: nobody could assume the role otherwise."
    }
  }
}

resource "aws_iam_role_policy" "read" {
  name   = "read-access-keys"
  role   = aws_iam_role.audit.id
  policy = data.aws_iam_policy_document.read.json
}
