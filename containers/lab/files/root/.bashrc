# Interactive shells of a node.
[[ $- == *i* ]] || return

PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '
HISTSIZE=5000
HISTFILESIZE=5000
HISTCONTROL=ignoredups
PROMPT_COMMAND='history -a'
shopt -s histappend checkwinsize

export PAGER=less LESS=-R EDITOR=vim
alias ls='ls --color=auto' ll='ls -l' grep='grep --color=auto' ip='ip -color=auto'

# The completions take longer to read than the rest of the start, so the first Tab reads them.
_vethlab_completions() {
  complete -r -D
  . /usr/share/bash-completion/bash_completion
  return 124
}
complete -D -F _vethlab_completions -o bashdefault -o default
