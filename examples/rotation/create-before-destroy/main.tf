variable "rotation" {
  description = "Change it to replace the key."
  type        = string
  default     = "2026-11"
}

resource "terraform_data" "rotation" {
  input = var.rotation
}

resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_access_key" "this" {
  user = aws_iam_user.deploy.name

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.rotation]
  }
}
