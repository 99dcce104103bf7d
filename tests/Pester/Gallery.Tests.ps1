BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
}

Describe 'The package' {
    BeforeAll {
        $manifest = Test-ModuleManifest (Join-Path $env:NETPOLTOOLS_MODULE 'NetPolTools.psd1')
    }

    It 'has the version of its assemblies' {
        foreach ($assembly in 'NetPolTools', 'NetPolTools.Core', 'deps/NetPolTools.Yaml', 'deps/NetPolTools.KubernetesClient') {
            $version = [Reflection.AssemblyName]::GetAssemblyName((Join-Path $env:NETPOLTOOLS_MODULE "$assembly.dll")).Version
            $version.ToString(3) | Should -Be $manifest.Version.ToString() -Because "$assembly.dll was built with it"
        }
    }

    It 'has what the Gallery shows: author, description, release notes, tags' {
        $manifest.Author, $manifest.Description, $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'Kubernetes'
    }

    It 'names every library that comes with it, with its licence' {
        $notices = Get-Content (Join-Path $env:NETPOLTOOLS_MODULE 'THIRD-PARTY-NOTICES.txt')
        $libraries = Get-ChildItem $env:NETPOLTOOLS_MODULE -Recurse -Filter *.dll | Where-Object BaseName -NotLike 'NetPolTools*'
        $libraries | Should -Not -BeNullOrEmpty
        foreach ($library in $libraries) { $notices | Should -Contain $library.BaseName }
    }

    It 'holds no files of the build' {
        Get-ChildItem $env:NETPOLTOOLS_MODULE -Recurse -File | Where-Object Extension -In '.pdb', '.xml', '.deps.json' |
            Where-Object Name -NE 'NetPolTools.dll-Help.xml' | Should -BeNullOrEmpty
    }
}

# On Windows the user's folder of modules is not for the environment to move, and these tests leave it alone.
Describe 'A repository of packages' -Skip:$IsWindows {
    BeforeAll {
        $before = $env:HOME, $env:XDG_CONFIG_HOME, $env:XDG_DATA_HOME, $env:XDG_CACHE_HOME, $env:PSModulePath
        # A user who has nothing yet but the usual folders: without them NuGet writes its settings where it stands.
        $env:HOME = (New-Item -ItemType Directory (Join-Path $TestDrive 'home of a user')).FullName
        foreach ($usual in '.config', '.local/share', '.cache') { New-Item -ItemType Directory (Join-Path $env:HOME $usual) | Out-Null }
        $env:XDG_CONFIG_HOME = $env:XDG_DATA_HOME = $env:XDG_CACHE_HOME = $env:PSModulePath = $null
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'packages')
    }

    AfterAll {
        $env:HOME, $env:XDG_CONFIG_HOME, $env:XDG_DATA_HOME, $env:XDG_CACHE_HOME, $env:PSModulePath = $before
    }

    It 'takes the module, and whoever installs it from there has its cmdlets, help and samples at once' {
        $lines = Invoke-FreshSession @"
`$ErrorActionPreference = 'Stop'
Register-PSResourceRepository -Name Packages -Uri '$folder' -Trusted
Publish-PSResource -Path '$env:NETPOLTOOLS_MODULE' -Repository Packages
Install-PSResource NetPolTools -Repository Packages -Prerelease -Quiet
`$installed = (Get-Module NetPolTools -ListAvailable).ModuleBase
`$installed
Get-NetPolReachability (Join-Path `$installed samples/three-tier) -To shop/db | ForEach-Object { "`$_" }
(Get-Help Get-NetPolReachability).examples.example.Count -gt 0
"@
        $lines[0] | Should -BeLike "$env:HOME/*/NetPolTools/*"
        $lines[1..($lines.Count - 2)] | Should -Be (Get-NetPolReachability $threeTier -To shop/db | Get-Line)
        $lines[-1] | Should -Be 'True'
    }
}
