resource "aws_s3_bucket" "this" {
  bucket = var.name
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = var.versioned ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_policy" "this" {
  count  = var.policy == null ? 0 : 1
  bucket = aws_s3_bucket.this.id
  policy = var.policy
}
