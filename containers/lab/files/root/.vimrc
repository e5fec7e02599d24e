syntax on
set nocompatible backspace=indent,eol,start ruler nomodeline
