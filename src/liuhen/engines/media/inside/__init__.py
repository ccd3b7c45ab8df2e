"""What runs only inside the child: everything that parses untrusted bytes.

Nothing outside this package imports it but `child`; the parent never loads a decoder.
"""
