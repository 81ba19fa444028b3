"""What a mailbox keeps: folders, messages, rules, and the ids by which they are known."""
