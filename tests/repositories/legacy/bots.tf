locals {
  bots = yamldecode(file("${path.module}/bots.yaml"))["bots"]
  bot_keys = {
    for pair in flatten([
      for bot in local.bots : [
        for slot in lookup(bot, "slots", ["only"]) : {
          id   = "${bot.name}/${slot}"
          name = bot.name
          live = slot == lookup(bot, "live", "only")
        }
      ]
    ]) : pair.id => pair
  }
}

resource "aws_iam_user" "bot" {
  for_each = { for b in local.bots : b.name => b }
  name     = "bot-${each.key}"
  tags = {
    team = try(each.value.team, "none")
  }
}

resource "aws_iam_access_key" "bot" {
  for_each = var.bots_enabled == "true" ? local.bot_keys : {}
  user     = aws_iam_user.bot[each.value.name].name
  status   = each.value.live ? "Active" : "Inactive"
}
