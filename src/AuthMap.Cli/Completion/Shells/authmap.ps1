# PowerShell completion of authmap, made by: authmap completion pwsh
# The tables below come from the program's own commands and options; only names from files and ARNs of the map are asked of it.

Register-ArgumentCompleter -Native -CommandName authmap, authmap.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

# TABLES

    $typed = [string]$wordToComplete
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text.Trim("'", '"') })
    $program = $before[0]
    $before = @($before | Select-Object -Skip 1)

    # Where the line is: behind which verb and noun, and which option waits for its value.
    $place = ''
    $waiting = $null
    $given = @()
    $arguments = 0
    foreach ($word in $before) {
        $options = $common + $places[$place].Options
        if ($waiting -and $waiting.Need -eq 'r') { $waiting = $null; continue }
        if ($word -like '-?*') {
            $name = $word.Split('=')[0]
            $waiting = $options | Where-Object { $_.Names -ccontains $name } | Select-Object -First 1
            if ($waiting) { $given += $waiting.Names[0] }
            if ($word.Contains('=')) { $waiting = $null }
        } elseif ($steps.ContainsKey("${place}:$word")) {
            $place = $steps["${place}:$word"]
            $waiting = $null
        } elseif ($waiting -and $waiting.Need -eq 'o') {
            $waiting = $null
        } else {
            $arguments++
        }
    }

    function Result($text, $note) {
        $quoted = if ($text -match '[\s"''`$(){};,|&<>@#]') { "'" + $text.Replace("'", "''") + "'" } else { $text }
        [System.Management.Automation.CompletionResult]::new($quoted, $text, 'ParameterValue', $(if ($note) { $note } else { $text }))
    }

    function Values($option, $prefix, $line) {
        if ($option.Kind) {
            & $program __complete pwsh $option.Kind '--' @line '-' 2>$null | ForEach-Object {
                $value, $note = $_.Split("`t")
                if ("$prefix$value".StartsWith($typed)) { Result "$prefix$value" $note }
            }
        } else {
            foreach ($value in $option.Values) {
                if ("$prefix$($value[0])".StartsWith($typed)) { Result "$prefix$($value[0])" $value[1] }
            }
        }
    }

    $options = $common + $places[$place].Options
    if ($waiting -and $waiting.Need -eq 'r') {
        Values $waiting '' $before
    } elseif ($typed -like '-*=*') {
        $name = $typed.Split('=')[0]
        $option = $options | Where-Object { $_.Names -ccontains $name } | Select-Object -First 1
        if ($option -and $option.Need -ne 'n') { Values $option "$name=" ($before + $name) }
    } elseif ($typed -like '-*') {
        foreach ($option in $options) {
            if ($option.Hidden -or (-not $option.Repeatable -and $given -ccontains $option.Names[0])) { continue }
            foreach ($name in $option.Names) {
                if ($name.StartsWith($typed)) { Result $name $option.Note }
            }
        }
    } else {
        if ($waiting -and $waiting.Need -eq 'o') { Values $waiting '' $before }
        foreach ($word in $places[$place].Words) {
            if ($word[0].StartsWith($typed)) { Result $word[0] $word[1] }
        }
        if ($arguments -eq 0) {
            foreach ($word in $places[$place].Fixed) {
                if ($word[0].StartsWith($typed)) { Result $word[0] $word[1] }
            }
        }
    }
}
