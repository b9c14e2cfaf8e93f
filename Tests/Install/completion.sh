#!/bin/sh
# Completions: each shell itself is asked what it would offer.
cd "$(dirname "$0")/../.." || exit 2
. Tests/Install/harness.sh
PATH=$stage/bin:$PATH
export PATH
mkdir "$place/files"
cp lessons/05-*.md "$place/files/mine.md"
echo x > "$place/files/notes.txt"

# offers SHELL LINE WORD: at the end of the line, the shell offers the word.
offers() { "$1" "$2" > "$place/offered" 2>&1; grep -qE "(^|[[:space:]])$3([[:space:]]|\$)" "$place/offered" || { cat "$place/offered"; false; }; }
asks() { # SHELL
  expect "$1 offers subcommands" offers "$1" 'backstep les' lesson
  expect "$1 offers options" offers "$1" 'backstep lesson --scr' --script
  expect "$1 offers lessons by name" offers "$1" 'backstep lesson 05' 05-backpropagation-by-example
  expect "$1 offers lesson files" offers "$1" 'backstep lesson mi' mine.md
  expect "$1 offers problems" offers "$1" 'backstep sheet gradients-on' gradients-on-a-circuit
  expect "$1 offers formats" offers "$1" 'backstep export ti' tikz
  expect "$1 offers files to check" offers "$1" 'backstep check mi' mine.md
  # Where nothing fits, zsh offers all files, whatever it was asked for.
  if [ "$1" != of_zsh ]; then
    refuse "$1 offers other files to check" offers "$1" 'backstep check no' notes.txt
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
  ' - "$stage/share/bash-completion/completions/backstep" "$1")
}
of_fish() {
  (cd "$place/files" && env HOME="$place" fish --no-config -i -c '
    source $argv[1]; complete -C $argv[2]' "$stage/share/fish/vendor_completions.d/backstep.fish" "$1")
}
# Only the line editor of zsh completes, so it gets a terminal to sit at.
of_zsh() {
  (cd "$place/files" && zsh -f -c '
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "PS1=; unsetopt beep; setopt auto_list no_list_ambiguous; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; stty columns 200; print READ\Y"
    zpty -r -m shell out "*READY*" || exit
    zpty -w -n shell "$2"$'"'\\t\\t'"'
    zpty -w -n shell $'"'\\x01print \"DO\"\"NE\" \\n'"'
    zpty -r -m shell out "*DONE*"
    print -r -- "$out" | sed "s/$(printf "\033")\[[0-9;?]*[A-Za-z]//g" | tr "\r" "\n"
  ' - "$stage/share/zsh/site-functions" "$1")
}

if has bash; then
  expect 'bash reads its completions' bash -n "$stage/share/bash-completion/completions/backstep"
  asks of_bash
else
  skip 'completions of bash, which is not installed'
fi
if has fish; then
  expect 'fish reads its completions' fish --no-execute "$stage/share/fish/vendor_completions.d/backstep.fish"
  asks of_fish
else
  skip 'completions of fish, which is not installed'
fi
if has zsh; then
  expect 'zsh reads its completions' zsh -n "$stage/share/zsh/site-functions/_backstep"
  asks of_zsh
else
  skip 'completions of zsh, which is not installed'
fi
finish completions
