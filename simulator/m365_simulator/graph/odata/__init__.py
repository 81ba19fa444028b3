"""OData v4 as Outlook's part of Graph takes it: options, filters, orders, searches, pages."""
