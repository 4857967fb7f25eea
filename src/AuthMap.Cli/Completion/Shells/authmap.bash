# bash completion of authmap, made by: authmap completion bash
# The tables below come from the program's own commands and options; only names from files and ARNs of the map are asked of it.

# TABLES

# Finds the option NAME among those that can stand here: sets names, need and values.
_authmap_option() {
  local entry
  for entry in "${options[@]}"; do
    names=${entry%% *}
    [[ ,$names, == *,"$1",* ]] || continue
    need=${entry#* }
    values=${need#* }
    need=${need%% *}
    return
  done
  return 1
}

# Answers with those of the words that continue what is typed.
_authmap_offer() {
  local word
  for word; do
    [[ $prefix$word != "$typed"* ]] || COMPREPLY+=("${prefix}${word}")
  done
}

# Answers with values: fixed ones, files, or what the program finds.
_authmap_values() {
  case $values in
    :file) compopt -o default 2>/dev/null ;;
    :*)
      local value
      while IFS= read -r value; do
        COMPREPLY+=("$prefix$value")
      done < <("$program" __complete bash "${values#:}" -- "${before[@]}" "${typed#"$prefix"}" 2>/dev/null)
      ;;
    *) _authmap_offer $values ;;
  esac
}

_authmap() {
  local IFS=$' \t\n'
  local line=${COMP_LINE:0:COMP_POINT} piece='' typed='' before=() i
  COMPREPLY=()

  # Readline parts words at = and : too; here a word is what blanks part.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if [[ $i -gt 0 && $line == [[:space:]]* ]]; then
      line=${line#"${line%%[![:space:]]*}"}
      before+=("$typed")
      typed=''
    fi
    [[ $line == "$piece"* ]] || piece=$line # the cursor stands in it
    typed+=$piece
    line=${line#"$piece"}
  done

  # Where the line is: behind which verb and noun, and which option waits for its value.
  local program=${before[0]/#\~\//$HOME/} place='' given='' ended='' arguments=0 name='' word
  local names='' need='' values='' words=() others=() fixed='' options=()
  before=("${before[@]:1}")
  _authmap_table
  for word in "${before[@]}"; do
    if [[ $need == r ]]; then
      need=''
    elif [[ ! $ended && $word == -- ]]; then
      ended=1
    elif [[ ! $ended && $word == -?* ]]; then
      name=${word%%=*}
      need=''
      if _authmap_option "$name"; then
        given+=,$names,
        need=${need%[+-]}
        [[ $word != *=* ]] || need=''
      fi
    elif _authmap_step "$word"; then
      need=''
      _authmap_table
    elif [[ $need == o ]]; then
      need=''
    else
      ((arguments++))
    fi
  done

  local prefix='' entry
  if [[ $need == r ]]; then
    _authmap_values
  elif [[ ! $ended && $typed == -*=* ]]; then
    name=${typed%%=*}
    if _authmap_option "$name" && [[ $need != n* ]]; then
      prefix=$name=
      before+=("$name")
      _authmap_values
    fi
  else
    if [[ $need == o ]]; then
      _authmap_values
    fi
    if [[ $typed != -* ]]; then
      _authmap_offer "${words[@]}"
      # The other names of a word only when its own does not fit.
      [[ ${COMPREPLY[*]} ]] || [[ ! $typed ]] || _authmap_offer "${others[@]}"
      ((arguments)) || _authmap_offer $fixed
    fi
    if [[ ! $ended && ! ${COMPREPLY[*]} && ( ! $typed || $typed == -* ) ]]; then
      for entry in "${options[@]}"; do
        names=${entry%% *}
        need=${entry#* }
        need=${need%% *}
        [[ $need == *- || ( $need != *+ && $given == *,"$names",* ) ]] && continue
        for name in ${names//,/ }; do
          # A bare TAB shows the long names.
          [[ ! $typed && $name != --* ]] || _authmap_offer "$name"
        done
      done
    fi
  fi

  # Readline puts in place only what stands behind its own last break; an opening quote it keeps.
  local kept=${typed%"$piece"}
  if [[ $piece && ! ${piece//[$COMP_WORDBREAKS]/} ]]; then
    kept=$typed
  elif [[ $piece == [\"\']* ]]; then
    kept+=${piece:0:1}
  fi
  kept=${kept%@} # a break, but part of what is put in place
  for i in "${!COMPREPLY[@]}"; do
    COMPREPLY[i]=${COMPREPLY[i]#"$kept"}
  done
}

# Without compopt (bash 3.2, as on macOS) files are suggested wherever there is nothing else.
if type compopt &>/dev/null; then
  complete -F _authmap authmap
else
  complete -o default -F _authmap authmap
fi
