# The audit and the runbook of about_NetPolTools_Auditing, as they stand there.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $topic = Get-Content (Join-Path $PSScriptRoot '../../en-US/about_NetPolTools_Auditing.md') -Raw

    # The block of code whose first line names the file that readers save it as.
    function Get-Sample {
        param([string] $File)
        $block = [regex]::Match($topic, "(?ms)^``````powershell\r?\n(# $([regex]::Escape($File))\r?\n.*?)^``````")
        $block.Success | Should -BeTrue -Because "the topic has a block that begins with '# $File'"
        $block.Groups[1].Value
    }

    function New-AuditedCluster {
        param([string] $Agent = 'calico-node', [string] $Image = 'docker.io/calico/node:v3.28.1', [switch] $Empty)
        $list = Get-ThreeTierObject -AsHashtable
        $list.items = @(if (-not $Empty) { $list.items }) + @{
            apiVersion = 'apps/v1'; kind = 'DaemonSet'; metadata = @{ name = $Agent; namespace = 'kube-system' }
            spec = @{
                selector = @{ matchLabels = @{ 'k8s-app' = $Agent } }
                template = @{ metadata = @{ labels = @{ 'k8s-app' = $Agent } }; spec = @{ hostNetwork = $true; containers = @(@{ name = $Agent; image = $Image }) } }
            }
            status = @{ desiredNumberScheduled = 1; numberReady = 1 }
        }
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        ConvertTo-Json $list -Depth 30 | Set-Content $file
        New-FakeKubectl $file
    }

    function Invoke-WithCluster {
        param([string] $Kubectl, [string] $Script)
        Invoke-FreshSession @"
`$env:PATH = '$Kubectl' + [IO.Path]::PathSeparator + `$env:PATH
`$env:PSModulePath = '$(Split-Path $env:NETPOLTOOLS_MODULE)' + [IO.Path]::PathSeparator + '$($env:PSModulePath)'
Set-Location '$TestDrive'
$Script
"@
    }

    # What became of the audit: the names of its tests by their result.
    function Invoke-Audit {
        param([string] $Kubectl, [string] $Audit = (Get-Sample Network.Tests.ps1))
        $file = Join-Path $TestDrive 'Network.Tests.ps1'
        Set-Content $file $Audit
        Invoke-WithCluster $Kubectl @"
Import-Module '$((Get-Module Pester).Path)'
`$result = Invoke-Pester -Path '$file' -PassThru -Output None
`$result.Tests | ForEach-Object { "`$(`$_.Result): `$(`$_.ExpandedName)" }
"@ | Where-Object { $_ -match '^(Passed|Failed|Skipped|NotRun): ' }
    }
}

# The kubectl of these tests is a shell script.
Describe 'The audit' -Skip:$IsWindows {
    It 'passes for a cluster that is as it should be' {
        Invoke-Audit (New-AuditedCluster) | Should -Be @(
            'Passed: are about workloads that are there'
            'Passed: are enforced by the network plugin'
            'Passed: let shop/web reach shop/api on port 5000: yes'
            'Passed: let shop/api reach shop/db on port 3306: yes'
            'Passed: let shop/web reach shop/db on port 3306: no'
            'Passed: let nobody else reach the database'
            'Passed: isolate every new pod for ingress'
        )
    }

    It 'fails where the cluster cannot be read' {
        $kubectl = New-AuditedCluster
        'Unable to connect to the server' | Set-Content (Join-Path $kubectl '_api_v1_pods.err')
        $results = Invoke-Audit $kubectl
        $results.Count | Should -Be 7
        $results | Should -BeLike 'Failed: *'
    }

    It 'fails where there is no workload' {
        Invoke-Audit (New-AuditedCluster -Empty) | Should -Not -BeLike 'Passed: let *'
    }

    It 'fails where a name is misspelt' {
        $results = Invoke-Audit (New-AuditedCluster) ((Get-Sample Network.Tests.ps1) -replace 'shop/db', 'shop/dbb')
        $results | Where-Object { $_ -match 'dbb|database' } | Should -BeLike 'Failed: *'
    }

    It 'fails where the plugin does not enforce policies' {
        $results = Invoke-Audit (New-AuditedCluster -Agent kube-flannel-ds -Image ghcr.io/flannel-io/flannel:v0.25.6)
        $results | Should -Contain 'Failed: are enforced by the network plugin'
    }
}

Describe 'The runbook' -Skip:$IsWindows {
    BeforeAll {
        $script = Join-Path $TestDrive 'Compare-Cluster.ps1'
        Set-Content $script (Get-Sample Compare-Cluster.ps1)

        function Invoke-Runbook {
            param([string] $Kubectl, [string] $Manifests = (Join-Path $manifests 'three-tier-next'))
            Remove-Item (Join-Path $TestDrive 'drift.csv') -ErrorAction Ignore
            Invoke-WithCluster $Kubectl "& '$script' -Context prod -Manifests '$Manifests' -Report drift.csv"
        }
    }

    It 'writes what differs and ends with 1' {
        Invoke-Runbook (New-AuditedCluster) | Should -BeLike '8 differences between prod and *three-tier-next, see drift.csv'
        $LASTEXITCODE | Should -Be 1
        $rows = Import-Csv (Join-Path $TestDrive 'drift.csv')
        $opened = $rows | Where-Object { $_.Source -eq 'api' -and $_.Destination -eq 'cache' }
        $opened.Change, $opened.Opened, $opened.Policies | Should -Be 'Opened', 'TCP 6379', '+shop/cache'
    }

    It 'ends with 0 where nothing differs' {
        Invoke-Runbook (New-AuditedCluster) (Join-Path $manifests 'three-tier') | Should -BeLike '0 differences*'
        $LASTEXITCODE | Should -Be 0
    }

    It 'ends with 1 and without a report where <Why>' -ForEach @(
        @{ Why = 'the cluster cannot be read'; Path = '_api_v1_pods' }
        @{ Why = 'its policies cannot be read'; Path = '_apis_networking.k8s.io_v1_networkpolicies' }
    ) {
        $kubectl = New-AuditedCluster
        'Unable to connect to the server' | Set-Content (Join-Path $kubectl "$Path.err")
        Invoke-Runbook $kubectl | Should -Not -BeLike '*differences*'
        $LASTEXITCODE | Should -Be 1
        Join-Path $TestDrive 'drift.csv' | Should -Not -Exist
    }
}
