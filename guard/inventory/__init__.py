"""Where access keys come from: configuration, plan, state, live account."""
