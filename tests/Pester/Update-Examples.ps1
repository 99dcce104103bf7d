<#
.SYNOPSIS
Writes what the examples print now into the Markdown of the help and into the README. Read the difference before you commit it.
.EXAMPLE
./tests/Pester/Update-Examples.ps1 -Module ./out/NetPolTools
#>
param(
    # The folder that dotnet publish wrote.
    [Parameter(Mandatory)]
    [string] $Module
)

$ErrorActionPreference = 'Stop'
$env:NETPOLTOOLS_MODULE = (Resolve-Path $Module).Path
$TestDrive = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
. (Join-Path $PSScriptRoot 'Support.ps1')
. (Join-Path $PSScriptRoot 'Examples.ps1')

$session = Enter-ExampleSession
try {
    foreach ($page in Get-HelpPage) {
        $old = Get-Content $page -Raw
        $new = $exampleForm.Replace($old, {
            param($match)
            $all, $code, $block = $match.Value, $match.Groups['code'].Value, $match.Groups['block']
            $output = try { Get-ExampleOutput $code } catch { Write-Warning "$($page.Name), $($match.Groups['title']): $_"; return $all }
            $kept = if ($block.Success) { $all.Substring(0, $block.Index - $match.Index) } else { $all }
            if ($output) { "$kept`n``````output`n$output`n```````n" } else { $kept }
        })
        if ($new -cne $old) {
            Set-Content $page $new -NoNewline
            $page.Name
        }
    }

    $readme = Join-Path $repository 'README.md'
    $old = Get-Content $readme -Raw
    $new = $answerForm.Replace($old, {
        param($match)
        $code = $match.Groups['code'].Value
        "``````powershell`n$code`n```````n`n``````output`n$(Get-ExampleOutput "$answerPrologue`n$code")`n``````"
    })
    if ($new -cne $old) {
        Set-Content $readme $new -NoNewline
        'README.md'
    }
}
finally {
    Exit-ExampleSession $session
    Remove-Item $TestDrive -Recurse
}
