BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
}

Describe 'The module' {
    It 'imports from a folder with spaces and brackets in its name' {
        $folder = Join-Path $TestDrive 'my modules (1)/NetPolTools'
        Copy-Item $env:NETPOLTOOLS_MODULE -Destination $folder -Recurse -Container
        $clock = 'Import-Module ''{0}''; [int]((Get-Date) - (Get-Process -Id $PID).StartTime).TotalMilliseconds' -f $folder
        $lines = Invoke-FreshSession "$clock`n(Get-NetPolSnapshot '$threeTier').WorkloadCount`nGet-Help Get-NetPolSnapshot | ForEach-Object Synopsis"
        $lines[1] | Should -Be '3'
        $lines[2] | Should -BeLike 'Reads manifests*'
        Write-Host "    imported $($lines[0]) ms after the process began"
    }

    It 'is found by name in a folder of PSModulePath, and loads by itself' {
        $folder = Join-Path $TestDrive 'modules'
        Copy-Item $env:NETPOLTOOLS_MODULE -Destination (New-Item $folder -ItemType Directory) -Recurse
        Rename-Item (Join-Path $folder (Split-Path $env:NETPOLTOOLS_MODULE -Leaf)) NetPolTools -ErrorAction Ignore
        Invoke-FreshSession "`$env:PSModulePath = '$folder'; (Get-NetPolSnapshot '$threeTier').WorkloadCount" | Should -Be '3'
    }

    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest (Join-Path $env:NETPOLTOOLS_MODULE 'NetPolTools.psd1')
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be (Get-Command -Module NetPolTools -CommandType Cmdlet).Name
        $manifest.ExportedAliases.Keys | Should -Be (Get-Command -Module NetPolTools -CommandType Alias).Name
        $manifest.ExportedFunctions.Count + $manifest.ExportedVariables.Count | Should -Be 0
    }

    It 'holds nothing but what it needs' {
        Get-ChildItem $env:NETPOLTOOLS_MODULE -Recurse -File -Filter System.Management.Automation.* | Should -BeNullOrEmpty
        Get-ChildItem $env:NETPOLTOOLS_MODULE -File -Filter YamlDotNet.* | Should -BeNullOrEmpty
    }
}
