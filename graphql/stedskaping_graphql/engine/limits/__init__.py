"""What one request may ask for: counted before validation, priced before execution, and rationed over time.

`tables` has the numbers, `counts` and `documents` apply them to a document, `cost` prices an operation with
its variables, `rates` rations the prices per person and address, `timeouts` ends statements that take too
long, `admission` puts them into an order.
"""
