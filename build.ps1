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
    $before = $env:PWSH
    try {
        # The Pester suite takes this very PowerShell; one that is a .NET tool has no program of its own, and then the suite takes the one it pins.
        if (-not $env:PWSH -and (Split-Path ([Environment]::ProcessPath) -LeafBase) -ne 'dotnet') { $env:PWSH = [Environment]::ProcessPath }
        Invoke-DotNet test (Join-Path $PSScriptRoot 'NetPolTools.sln') -c $Configuration
    }
    finally {
        $env:PWSH = $before
    }
}

Import-Module $Output -Global -Force
