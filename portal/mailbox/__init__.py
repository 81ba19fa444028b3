"""What a mailbox is: rules, forwarding, folders, usage, addresses. Standard library only."""
