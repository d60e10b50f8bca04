provider "aws" {
  profile = "mine"
}
