#!/bin/sh
# Completions: each shell itself is asked what it would offer.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
PATH=$stage/bin:$PATH
export PATH
mkdir "$place/files"
cp lessons/05-*.md "$place/files/mine.md"
echo x > "$place/files/notes.txt"

# Each of these is given a line to type and a word: at the end of the line, the shell has to offer it.
asks() { # SHELL
  expect "$1 offers subcommands" "$1" 'backstep les' lesson
  expect "$1 offers options" "$1" 'backstep lesson --scr' --script
  expect "$1 offers lessons by name" "$1" 'backstep lesson 05' 05-backpropagation-by-example
  expect "$1 offers lesson files" "$1" 'backstep lesson mi' mine.md
  expect "$1 offers problems" "$1" 'backstep sheet gradients-on' gradients-on-a-circuit
  expect "$1 offers formats" "$1" 'backstep export ti' tikz
  expect "$1 offers files to check" "$1" 'backstep check mi' mine.md
  # Where nothing fits, zsh offers all files, whatever it was asked for.
  if [ "$1" != of_zsh ]; then
    refuse "$1 offers other files to check" "$1" 'backstep check no' notes.txt
  fi
}

of_bash() {
  (cd "$place/files" && bash --norc --noprofile -c '
    source "$1" || exit
    shopt -s extglob
    read -ra COMP_WORDS <<< "$2"
    COMP_LINE=$2 COMP_POINT=${#2} COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_TYPE=9
    words=$(complete -p backstep)
    function=${words#* -F }
    ${function%% *} backstep "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"
  ' - "$stage/share/bash-completion/completions/backstep" "$1") | sed 's/ *$//' | grep -Fx -e "$2"
}

# Only the line editors of these two complete, so they get a terminal to sit at.
mkdir "$place/zsh"
cat > "$place/zsh/.zshrc" <<END
PS1='> '
setopt auto_list no_list_ambiguous
fpath=('$stage/share/zsh/site-functions' \$fpath)
autoload -Uz compinit
compinit -u -D
print READY
END
of_zsh() { (cd "$place/files" && ZDOTDIR=$place/zsh TERM=xterm python3 "$tab" "$2" "$1" zsh -i); }
of_fish() {
  (cd "$place/files" && HOME=$place TERM=xterm python3 "$tab" "$2" "$1" fish --no-config \
    -C "source '$stage/share/fish/vendor_completions.d/backstep.fish'; echo READY")
}
tab=$PWD/Tests/Install/press_tab.py

if has bash; then
  expect 'bash reads its completions' bash -n "$stage/share/bash-completion/completions/backstep"
  asks of_bash
else
  skip 'completions of bash, which is not installed'
fi
if has fish && has python3; then
  expect 'fish reads its completions' fish --no-execute "$stage/share/fish/vendor_completions.d/backstep.fish"
  asks of_fish
else
  skip 'completions of fish, which needs fish and python3'
fi
if has zsh && has python3; then
  expect 'zsh reads its completions' zsh -n "$stage/share/zsh/site-functions/_backstep"
  asks of_zsh
else
  skip 'completions of zsh, which needs zsh and python3'
fi
finish completions
