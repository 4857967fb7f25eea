# fish completion of authmap, made by: authmap completion fish
# All of it comes from the program's own commands and options; only names from files and ARNs of the map are asked of it.

# Prints the place where the line is: the verb and noun so far.
function __authmap_place
    set -l place ''
    set -l needs ''
    set -l tokens (commandline -opc)
    for word in $tokens[2..-1]
        if test -n "$needs"
            set needs ''
        else if string match -q -- '-?*' $word
            string match -q -- '*=*' $word; or __authmap_needs_value $word; and set needs 1
        else
            set place (__authmap_step "$place" $word; or echo $place)
        end
    end
    echo $place
end

function __authmap_at
    test (__authmap_place) = "$argv[1]"
end

# Prints values that the program finds, each with a note behind a tab.
function __authmap_values
    set -l tokens (commandline -opc)
    set -l current (commandline -ct)
    if string match -q -- '-*=*' $current
        set -a tokens (string split -m 1 -f 1 -- = $current)
    end
    set -l program (string replace -r '^~/' "$HOME/" -- $tokens[1])
    $program __complete fish $argv[1] -- $tokens[2..-1] '' 2>/dev/null
end

# TABLES
