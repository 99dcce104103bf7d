BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')

    # Where the Core comes from in a session that imports a module's folder, an answer, and where comes from what reads YAML that is not plain.
    function Get-CoreIn($Module) {
        Invoke-FreshSession @"
`$ErrorActionPreference = 'Stop'
Import-Module '$Module'
[AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -eq 'NetPolTools.Core' }.Location
Get-NetPolReachability '$Module/samples/three-tier' -To shop/db | ForEach-Object { "`$_" }
'{apiVersion: v1, kind: Namespace, metadata: &anchor {name: shop}}' | Get-NetPolSnapshot | Out-Null
[AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -eq 'NetPolTools.Yaml' }.Location
"@
    }

    $other = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive 'a folder')) NetPolTools
    Copy-Item $env:NETPOLTOOLS_MODULE $other -Recurse
}

Describe 'What is compiled ahead' {
    It 'is loaded where it is for the platform that the module was built on' {
        $core, $answer, $yaml = Get-CoreIn $env:NETPOLTOOLS_MODULE
        $core | Should -BeLike '*ahead*NetPolTools.Core.dll'
        $answer | Should -BeLike '*shop/db*'
        Split-Path $yaml | Should -Be (Split-Path $core)
    }

    It 'is not missed where there is none' {
        Remove-Item (Join-Path $other ahead) -Recurse
        $core, $answer, $yaml = Get-CoreIn $other
        $core | Should -Be (Join-Path $other NetPolTools.Core.dll)
        $answer | Should -BeLike '*shop/db*'
        $yaml | Should -Be (Join-Path $other deps NetPolTools.Yaml.dll)
    }

    It 'is passed over where it is for another machine' {
        $ahead = (Get-ChildItem (Join-Path $env:NETPOLTOOLS_MODULE ahead) -Directory).Name
        New-Item -ItemType Directory (Join-Path $other ahead $ahead) -Force | Out-Null
        Set-Content (Join-Path $other ahead $ahead NetPolTools.Core.dll) 'not for this machine'
        $core, $answer, $yaml = Get-CoreIn $other
        $core | Should -Be (Join-Path $other NetPolTools.Core.dll)
        $answer | Should -BeLike '*shop/db*'
        $yaml | Should -Be (Join-Path $other deps NetPolTools.Yaml.dll)
    }
}
