# Login shells of a node.
[ -n "$BASH" ] && [ -r ~/.bashrc ] && . ~/.bashrc
