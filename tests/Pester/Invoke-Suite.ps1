<#
.SYNOPSIS
Runs the Pester suite over a published module. Ends with 0 as soon as the suite came to its end, whatever its tests say.
.NOTES
dotnet test tests/NetPolTools.Pester.Tests runs this.
#>
[CmdletBinding()]
param(
    # The folder that dotnet publish wrote.
    [Parameter(Mandatory)]
    [string] $Module,

    # Where the tests and how they went are written, as JSON: an array of { file, name, outcome, message }.
    [string] $ResultFile,

    # The folder of the suite.
    [string] $Suite = $PSScriptRoot,

    # Pester 5 or later: a path, or its name where it is installed.
    [string] $Pester = 'Pester',

    # How the names of the files begin that are to run, such as Cni; wildcards are welcome.
    [string] $File = ''
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module $Pester -MinimumVersion 5.0

$env:NETPOLTOOLS_MODULE = (Resolve-Path $Module).Path
$files = @(Get-ChildItem $Suite -Filter *.Tests.ps1 | Where-Object Name -Like "$File*")
if (-not $files) { throw "No name of a file of the suite begins with $File." }
$configuration = New-PesterConfiguration
$configuration.Run.Path = $files.FullName
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

# Pester's word, the errors of a test, block or file, and where they are, but for the places in Pester itself.
function New-Result {
    param([string] $Path, [string] $Name, [string] $Outcome, $ErrorRecord)
    [ordered]@{
        file = Split-Path $Path -Leaf
        name = $Name
        outcome = $Outcome
        message = if ($ErrorRecord) {
            @(foreach ($record in $ErrorRecord) {
                $record.Exception.Message
                $record.ScriptStackTrace -split '\r?\n' -notmatch '[\\/]Pester\.(psm1|ScriptScope\.ps1)|[\\/]Invoke-Suite\.ps1'
            }) -join "`n"
        }
    }
}

$results = @(
    foreach ($test in $run.Tests) { New-Result $test.Block.BlockContainer.Item $test.ExpandedPath $test.Result $test.ErrorRecord }
    # What fails outside of a test has no test to report it.
    foreach ($block in $run.FailedBlocks) { New-Result $block.BlockContainer.Item "$($block.ExpandedPath), the block itself" Failed $block.ErrorRecord }
    foreach ($container in $run.FailedContainers) { New-Result $container.Item 'the file itself' Failed $container.ErrorRecord }
)
if ($ResultFile) { ConvertTo-Json $results -Depth 3 | Set-Content $ResultFile }
exit 0
