# complete.zsh FOLDER LINE FILE: writes to FILE what zsh offers for the line at Tab, one candidate a line, with the function in
# FOLDER, and a last line "done". A shell on a terminal of its own is asked, for completion works nowhere else.
zmodload zsh/zpty
zpty asked zsh -f -i
say() { zpty -w asked "$1" }
say 'PROMPT= RPROMPT= ; stty -echo; autoload -Uz compinit'
say "fpath=(${(q)1} \$fpath); compinit -u -D"
# each set of candidates is told as well (a comment would not do inside: that shell takes none)
say 'compadd() {
  local -a hits
  builtin compadd -O hits "$@"
  (( $#hits )) && print -rl -- $hits >>'${(q)3}'
  builtin compadd "$@"
}
told() { _main_complete; print done >>'${(q)3}' }
zle -C told complete-word told
bindkey "^I" told'
zpty -wn asked "$2"$'\t'
for (( i = 0; i < 600; i++ )); do
  grep -qsx done $3 && break
  sleep .05
done
zpty -d asked
