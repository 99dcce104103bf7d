<#
.SYNOPSIS
Runs the Pester suite over a published module and closes with a line that tells how it went.
#>
param(
    # The folder that dotnet publish wrote.
    [Parameter(Mandatory)]
    [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0

$env:NETPOLTOOLS_MODULE = (Resolve-Path $Module).Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0)
