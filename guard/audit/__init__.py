"""What is said of live accounts: rules, advice, the report, the comparison with an earlier one."""
