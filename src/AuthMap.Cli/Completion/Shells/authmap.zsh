#compdef authmap
# zsh completion of authmap, made by: authmap completion zsh
# The tables below come from the program's own commands and options; only names from files and ARNs of the map are asked of it.

# TABLES

# Finds the option NAME among those that can stand here: sets names, need and values.
_authmap_option() {
  local entry
  local -a fields
  for entry in "${(@)options}"; do
    fields=("${(@ps:\t:)entry}")
    [[ ,$fields[1], == *,"$1",* ]] || continue
    names=$fields[1] need=$fields[2] values=$fields[3]
    return
  done
  return 1
}

# Offers values: fixed ones as WORD:NOTE with | between, files, or what the program finds.
_authmap_values() {
  case $values in
    :file) _files ;;
    :*)
      local line
      local -a found
      for line in "${(@f)$("$program" __complete zsh "${values#:}" -- "${(@)before}" '' 2>/dev/null)}"; do
        [[ -z $line ]] || found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
      done
      _describe -t values 'value' found
      ;;
    ?*)
      local -a found=("${(@s:|:)values}")
      _describe -t values 'value' found
      ;;
    *) _message 'value' ;;
  esac
}

_authmap() {
  local program=${${(Q)words[1]}/#\~\//$HOME/} place='' given='' names='' need='' values='' name word entry
  local -i ended=0 arguments=0
  local -a before steps others fixed options fields found
  before=("${(@)words[2,CURRENT-1]}")

  # Where the line is: behind which verb and noun, and which option waits for its value.
  _authmap_table
  for word in "${(@)before}"; do
    if [[ $need == r* ]]; then
      need=''
    elif (( ! ended )) && [[ $word == -- ]]; then
      ended=1
    elif (( ! ended )) && [[ $word == -?* ]]; then
      need=''
      if _authmap_option "${word%%=*}"; then
        given+=,$names,
        [[ $word != *=* ]] || need=''
      fi
    elif _authmap_step "$word"; then
      need=''
      _authmap_table
    elif [[ $need == o* ]]; then
      need=''
    else
      (( ++arguments ))
    fi
  done

  if [[ $need == r* ]]; then
    _authmap_values
    return
  fi

  if (( ! ended )) && [[ $PREFIX == -*=* ]]; then
    name=${PREFIX%%=*}
    if _authmap_option "$name" && [[ $need != n* ]]; then
      compset -P '*='
      before+=("$name")
      _authmap_values
      return
    fi
    return 1
  fi

  local -i offered=1
  if [[ $need == o* ]]; then
    _authmap_values && offered=0
  fi
  if [[ $PREFIX != -* ]]; then
    (( $#steps )) && _describe -t commands 'command' steps && offered=0
    # The other names of a word only when its own does not fit.
    (( offered && $#others )) && [[ -n $PREFIX ]] && _describe -t commands 'command' others && offered=0
    (( ! arguments && $#fixed )) && _describe -t arguments 'argument' fixed && offered=0
  fi
  if (( ! ended )) && [[ $PREFIX == -* || ( -z $PREFIX && $offered -ne 0 ) ]]; then
    for entry in "${(@)options}"; do
      fields=("${(@ps:\t:)entry}")
      [[ $fields[2] == *- || ( $fields[2] != *+ && $given == *,"$fields[1]",* ) ]] && continue
      for name in "${(@s:,:)fields[1]}"; do
        found+=("$name:$fields[4]")
      done
    done
    _describe -o -t options 'option' found && offered=0
  fi
  return offered
}

# Found in fpath, this file is the function itself; sourced, it says so to zsh.
if [[ $funcstack[1] == _authmap ]]; then
  _authmap "$@"
elif (( $+functions[compdef] )); then
  compdef _authmap authmap
else
  print -u2 'authmap: completion needs zsh'\''s own to be started before: autoload -Uz compinit && compinit'
fi
