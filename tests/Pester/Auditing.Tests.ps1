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
        param([string] $Agent = 'calico-node', [string] $Image = 'docker.io/calico/node:v3.28.1', [switch] $Empty, [string] $Without)
        $list = Get-ThreeTierObject -AsHashtable
        if ($Without) { $list.items = @($list.items | Where-Object { $_.kind -ne 'NetworkPolicy' -or $_.metadata.name -ne $Without }) }
        $list.items = @(if (-not $Empty) { $list.items }) + @{
            apiVersion = 'apps/v1'; kind = 'DaemonSet'; metadata = @{ name = $Agent; namespace = 'kube-system' }
            spec = @{
                selector = @{ matchLabels = @{ 'k8s-app' = $Agent } }
                template = @{ metadata = @{ labels = @{ 'k8s-app' = $Agent } };
                    spec = @{ hostNetwork = $true; containers = @(@{ name = $Agent; image = $Image }) } }
            }
            status = @{ desiredNumberScheduled = 1; numberReady = 1 }
        }
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        ConvertTo-Json $list -Depth 30 | Set-Content $file
        New-FakeKubectl $file
    }

    # Each run of a sample is one of the cases of a single session of its own: Pester does not run within Pester, and sessions take their time to start.
    $right = New-AuditedCluster
    $unreadable = New-AuditedCluster
    'Unable to connect to the server' | Set-Content (Join-Path $unreadable '_api_v1_pods.err')
    $cases = [ordered]@{
        Right = @{ Kubectl = $right }
        Unreadable = @{ Kubectl = $unreadable }
        Empty = @{ Kubectl = New-AuditedCluster -Empty }
        Misspelt = @{ Kubectl = $right; Replace = 'shop/dbb' }
        Flannel = @{ Kubectl = New-AuditedCluster -Agent kube-flannel-ds -Image ghcr.io/flannel-io/flannel:v0.25.6 }
        Drifted = @{ Kubectl = $right; Manifests = Join-Path $manifests 'three-tier-next' }
        Equal = @{ Kubectl = $right; Manifests = $threeTier }
        First = @{ Kubectl = $right; Night = 'first' }
        Quiet = @{ Kubectl = $right; Night = 'first' }
        Changed = @{ Kubectl = New-AuditedCluster -Without db; Night = 'first' }
        NightWithoutPods = @{ Kubectl = $unreadable; Night = 'first' }
        NightWithBrokenFile = @{ Kubectl = $right; Night = 'broken' }
        NoPods = @{ Kubectl = $unreadable; Manifests = Join-Path $manifests 'three-tier-next' }
        NoPolicies = @{ Kubectl = New-AuditedCluster; Manifests = Join-Path $manifests 'three-tier-next' }
    }
    'Unable to connect to the server' | Set-Content (Join-Path $cases.NoPolicies.Kubectl '_apis_networking.k8s.io_v1_networkpolicies.err')

    $runbook = Join-Path $TestDrive 'Compare-Cluster.ps1'
    Set-Content $runbook (Get-Sample Compare-Cluster.ps1)
    $nightly = Join-Path $TestDrive 'Compare-Night.ps1'
    Set-Content $nightly (Get-Sample Compare-Night.ps1)
    $snapshots = Join-Path $TestDrive 'snapshots'
    '{"apiVersion":"v1","kind":"List","metadata":{"annotations":{"netpoltools/read-at"' |
        Set-Content (New-Item -Force (Join-Path $snapshots 'broken/20260101-000000.json'))
    $audit = Get-Sample Network.Tests.ps1
    foreach ($case in $cases.Keys) {
        $cases[$case].Folder = (New-Item -ItemType Directory (Join-Path $TestDrive $case)).FullName
        if (-not $cases[$case]['Manifests'] -and -not $cases[$case]['Night']) {
            $audit -replace 'shop/db', ($cases[$case]['Replace'] ?? 'shop/db') | Set-Content (Join-Path $cases[$case].Folder 'Network.Tests.ps1')
        }
    }
    $casesFile = Join-Path $TestDrive 'cases.json'
    ConvertTo-Json $cases | Set-Content $casesFile

    $lines = Invoke-FreshSession @"
Import-Module '$((Get-Module Pester).Path)'
Import-Module '$env:NETPOLTOOLS_MODULE'
`$path = `$env:PATH
foreach (`$case in (Get-Content '$casesFile' -Raw | ConvertFrom-Json).PSObject.Properties) {
    `$env:PATH = `$case.Value.Kubectl + [IO.Path]::PathSeparator + `$path
    Set-Location `$case.Value.Folder
    if (`$case.Value.PSObject.Properties['Manifests']) {
        `$global:LASTEXITCODE = `$null
        try { & '$runbook' -Context prod -Manifests `$case.Value.Manifests | ForEach-Object { "`$(`$case.Name)|`$_" } }
        catch { "`$(`$case.Name)|exception: `$_" }
        "`$(`$case.Name)|exit code `$global:LASTEXITCODE"
    }
    elseif (`$case.Value.PSObject.Properties['Night']) {
        `$global:LASTEXITCODE = `$null
        try { & '$nightly' -Context prod -Folder (Join-Path '$snapshots' `$case.Value.Night) | ForEach-Object { "`$(`$case.Name)|`$_" } }
        catch { "`$(`$case.Name)|exception: `$_" }
        "`$(`$case.Name)|exit code `$global:LASTEXITCODE"
        # Names of snapshots tell seconds apart.
        if (`$case.Name -in 'First', 'Quiet') { Start-Sleep -Milliseconds 1100 }
    }
    else {
        (Invoke-Pester -Path Network.Tests.ps1 -PassThru -Output None).Tests | ForEach-Object { "`$(`$case.Name)|`$(`$_.Result): `$(`$_.ExpandedName)" }
    }
}
"@

    function Get-Outcome {
        param([string] $Case)
        $lines | Where-Object { $_.StartsWith("$Case|") } | ForEach-Object { $_.Substring($Case.Length + 1) }
    }
}

# The kubectl of these tests is a shell script.
Describe 'The audit' -Skip:$IsWindows {
    It 'passes for a cluster that is as it should be' {
        Get-Outcome Right | Should -Be @(
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
        $results = @(Get-Outcome Unreadable)
        $results.Count | Should -Be 7
        $results | Should -BeLike 'Failed: *'
    }

    It 'fails where there is no workload' {
        $results = @(Get-Outcome Empty)
        $results.Count | Should -Be 7
        $results -like 'Passed: let *' | Should -BeNullOrEmpty
    }

    It 'fails where a name is misspelt' {
        $asked = @(Get-Outcome Misspelt) -match 'dbb|database'
        $asked.Count | Should -Be 3
        $asked | Should -BeLike 'Failed: *'
    }

    It 'fails where the plugin does not enforce policies' {
        Get-Outcome Flannel | Should -Contain 'Failed: are enforced by the network plugin'
    }
}

Describe 'The runbook' -Skip:$IsWindows {
    It 'writes what differs and ends with 1' {
        $outcome = @(Get-Outcome Drifted)
        $outcome[0] | Should -BeLike '9 differences between prod and *three-tier-next, see ./drift.csv'
        $outcome[1] | Should -Be 'exit code 1'
        $rows = Import-Csv (Join-Path $TestDrive 'Drifted/drift.csv')
        $opened = $rows | Where-Object { $_.Source -eq 'api' -and $_.Destination -eq 'cache' }
        $opened.Change, $opened.Opened, $opened.Policies | Should -Be 'Opened', 'TCP 6379', '+shop/cache'
    }

    It 'ends with 0 where nothing differs' {
        $outcome = @(Get-Outcome Equal)
        $outcome[0] | Should -BeLike '0 differences*'
        $outcome[1] | Should -Be 'exit code 0'
    }

    It 'ends with an exception and without a report where <Why>' -ForEach @(
        @{ Case = 'NoPods'; Why = 'the cluster cannot be read' }
        @{ Case = 'NoPolicies'; Why = 'its policies cannot be read' }
    ) {
        @(Get-Outcome $Case)[0] | Should -BeLike 'exception: *'
        Join-Path $TestDrive "$Case/drift.csv" | Should -Not -Exist
    }
}

Describe 'The runbook for every night' -Skip:$IsWindows {
    It 'keeps a snapshot the first time, and finds nothing to compare it with' {
        Get-Outcome First | Should -Be '0 changes since the beginning, see ./changes.csv', 'exit code 0'
    }

    It 'ends with 0 where nothing has changed' {
        $outcome = @(Get-Outcome Quiet)
        $outcome[0] | Should -Match '^0 changes since \d{8}-\d{6}, '
        $outcome[1] | Should -Be 'exit code 0'
    }

    It 'names what has changed since the last snapshot, and ends with 1' {
        $outcome = @(Get-Outcome Changed)
        $outcome[0] | Should -Match '^[1-9]\d* changes since \d{8}-\d{6}, '
        $outcome[1] | Should -Be 'exit code 1'
        $rows = Import-Csv (Join-Path $TestDrive 'Changed/changes.csv')
        $lost = $rows | Where-Object { $_.Source -eq 'api' -and $_.Destination -eq 'db' }
        $lost.Change, $lost.Closed, $lost.Policies | Should -Be 'Closed', 'TCP 3306', '-shop/db'
    }

    It 'keeps one snapshot for each night that could be read' {
        (Get-ChildItem (Join-Path $snapshots 'first')).Count | Should -Be 3
    }

    It 'ends with an exception and without a report where <Why>' -ForEach @(
        @{ Case = 'NightWithoutPods'; Why = 'the cluster cannot be read' }
        @{ Case = 'NightWithBrokenFile'; Why = 'the last snapshot cannot be read' }
    ) {
        @(Get-Outcome $Case)[0] | Should -BeLike 'exception: *'
        Join-Path $TestDrive "$Case/changes.csv" | Should -Not -Exist
    }
}
