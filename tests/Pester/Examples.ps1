# The examples in the Markdown of the help: where they stand, how they are run, what they print. Needs Support.ps1.

# Width of a terminal of 80 columns, less the indent of Get-Help.
$exampleWidth = 76

# A heading, code, and the output where there is a block for it.
$exampleForm = [regex] '(?ms)^### (?<title>Example \d+: [^\n]+)\n+```powershell\n(?<code>.*?)\n```\n(?<block>\n```output\n(?<output>.*?)```\n)?'

# Code of the README, and what it prints.
$answerForm = [regex] '(?ms)^```powershell\r?\n(?<code>[^`]*?)\r?\n```\r?\n\r?\n```output\r?\n(?<output>.*?)\r?\n```'

# The README says once where the samples are.
$answerPrologue = '$sample = Join-Path (Get-Module NetPolTools).ModuleBase samples'

function Get-HelpPage {
    Get-ChildItem (Join-Path $PSScriptRoot '../../en-US') -Filter *.md
}

# From now on examples find the module by its name, also in other runspaces, and a kubectl that knows one small cluster.
function Enter-ExampleSession {
    $session = @{ PSModulePath = $env:PSModulePath; PATH = $env:PATH; Rendering = $PSStyle.OutputRendering }
    $kubectl = New-FakeKubectl
    Add-PolicyEvent $kubectl DELETED db
    $env:PSModulePath = (Split-Path $env:NETPOLTOOLS_MODULE) + [IO.Path]::PathSeparator + $env:PSModulePath
    $env:PATH = $kubectl + [IO.Path]::PathSeparator + $env:PATH
    $PSStyle.OutputRendering = 'PlainText'
    $session
}

function Exit-ExampleSession {
    param($Session)
    $env:PSModulePath = $Session.PSModulePath
    $env:PATH = $Session.PATH
    $PSStyle.OutputRendering = $Session.Rendering
}

# What a terminal shows. The folder of the module is written as …, since it is another one everywhere; tables in which it stands get the room they need.
function Get-ExampleOutput {
    param([string] $Code)
    $ErrorActionPreference = 'Stop'
    $shown = & ([scriptblock]::Create($Code)) *>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.WarningRecord]) { "WARNING: $_" }
        elseif ($_ -is [System.Management.Automation.VerboseRecord]) { "VERBOSE: $_" }
        else { $_ }
    }
    $base = (Get-Module NetPolTools).ModuleBase
    # A table takes its widths from the rows of the first 0.3 seconds: once it is known how to show them, and where the machine is not busy, from all.
    $text = ''
    foreach ($attempt in 1..5) {
        $last = $text
        $text = $shown | Out-String -Width $exampleWidth
        if ($text -ceq $last) { break }
    }
    if (($text -replace '\s').Contains(($base -replace '\s'))) {
        $text = ($shown | Out-String -Width 300) -replace "$([regex]::Escape($base))[^\s:]*", { '…' + ($_.Value.Substring($base.Length) -replace '\\', '/') }
    }
    # It never takes the same time twice.
    $text = $text -replace '\bin \d+[.,]\d+ s\.', 'in 0.03 s.'
    (($text -split '\r?\n').TrimEnd() -join "`n").Trim("`n")
}
