"""The seam to AWS, reads only: nothing outside this package imports boto3 or knows its errors."""
