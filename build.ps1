<#
.SYNOPSIS
Builds the module, tests it, and imports it into this session to try things out.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -SkipTest
#>
[CmdletBinding()]
param(
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Where the module's folder is written.
    [string] $Output = (Join-Path $PSScriptRoot 'out/NetPolTools'),

    [switch] $SkipTest
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

Invoke-DotNet publish (Join-Path $PSScriptRoot 'src/NetPolTools') -c $Configuration -o $Output
if (-not $SkipTest) {
    Invoke-DotNet test (Join-Path $PSScriptRoot 'NetPolTools.sln') -c $Configuration
    # A fresh process: a session cannot unload a binary module it has once imported.
    $pwsh = (Get-Process -Id $PID).Path
    & $pwsh -NoProfile -File (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1') -Module $Output
    if ($LASTEXITCODE) { throw 'The Pester suite failed.' }
}

Import-Module $Output -Global -Force
