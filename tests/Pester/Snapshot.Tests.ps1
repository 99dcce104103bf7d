BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $threeTier
    $saved = Join-Path $TestDrive 'saved [1].json'
    $cluster | Export-NetPolSnapshot $saved

    function Get-Answer {
        param($Snapshot)
        @($Snapshot | Get-NetPolReachability -IncludeDenied | Get-Line) + @($Snapshot | Get-NetPolIsolation | Get-Line)
    }
}

Describe 'Export-NetPolSnapshot' {
    It 'writes what reads back with the same answers: <Name>' -ForEach @(
        @{ Name = 'imported'; Read = { Import-NetPolSnapshot -LiteralPath $saved } }
        @{ Name = 'piped as a file'; Read = { Get-Item -LiteralPath $saved | Import-NetPolSnapshot } }
        @{ Name = 'as a path of any cmdlet'; Read = { Get-NetPolSnapshot -LiteralPath $saved } }
        @{ Name = 'as text'; Read = { Get-Content -LiteralPath $saved | Get-NetPolSnapshot } }
        @{ Name = 'as objects'; Read = { Get-Content -LiteralPath $saved -Raw | ConvertFrom-Json | Get-NetPolSnapshot } }
    ) {
        $again = & $Read
        Get-Answer $again | Should -Be (Get-Answer $cluster)
        Compare-NetPolReachability $cluster $again | Should -BeNullOrEmpty
    }

    It 'writes a List that other programs read, with the time in it' {
        $list = Get-Content -LiteralPath $saved -Raw | ConvertFrom-Json
        $list.kind | Should -Be List
        $list.items.Count | Should -Be 8
        [datetime]::UtcNow - $list.metadata.annotations.'netpoltools/read-at' | Should -BeLessThan ([timespan]'1:00')
    }

    It 'says where a live cluster is from' -Skip:$IsWindows {
        $path = $env:PATH
        $kubectl = New-FakeKubectl
        '{"major":"1","minor":"31","gitVersion":"v1.31.4"}' | Set-Content (Join-Path $kubectl '_version.json')
        $env:PATH = $kubectl + [IO.Path]::PathSeparator + $env:PATH
        try { $live = Get-NetPolSnapshot -Context prod }
        finally { $env:PATH = $path }
        $file = $live | Export-NetPolSnapshot (Join-Path $TestDrive 'live/now.json') -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $again = $file | Import-NetPolSnapshot
        $again.Context, $again.KubernetesVersion | Should -Be 'prod', '1.31'
        $again.ReadAt | Should -Be $live.ReadAt.AddTicks(-($live.ReadAt.Ticks % [timespan]::TicksPerSecond))
        Get-Answer $again | Should -Be (Get-Answer $live)
        ($again | Format-List | Out-String) | Should -Match 'Context +: prod'
    }

    It 'says where a cluster is from that the module''s own client read' -Skip:$IsWindows {
        $folder = New-FakeKubectl
        '{"major":"1","minor":"31","gitVersion":"v1.31.4"}' | Set-Content (Join-Path $folder '_version.json')
        $server = Start-FakeServer $folder
        try {
            $live = Get-NetPolSnapshot -Context . -Kubeconfig $server.Kubeconfig -Transport Client
            # A short name is looked for in the namespace of the context.
            $asked = Test-NetPolReachability -Context night -Kubeconfig $server.Kubeconfig -Transport Client -From api -To db
        }
        finally { $server.Listener.Stop() }
        $asked | Should -BeTrue
        $file = Join-Path $TestDrive 'client.json'
        $live | Export-NetPolSnapshot $file
        $again = Import-NetPolSnapshot $file
        $again.Context, $again.KubernetesVersion | Should -Be 'night', '1.31'
        Get-Answer $again | Should -Be (Get-Answer $live)
        Get-Answer $again | Should -Be (Get-Answer $cluster)
    }

    It 'keeps every kind of the admin tiers, each with the answers of before: <_>' -ForEach 'admin-tiers', 'admin-tiers-v1alpha1' {
        $tiers = Get-NetPolSnapshot (Join-Path $manifests $_), (New-Pod a team-a), (New-Pod b monitoring), (New-Pod c bank) -WarningAction Ignore
        $tiers.OtherPolicies | Should -Not -BeNullOrEmpty
        $file = Join-Path $TestDrive "$_.json"
        $tiers | Export-NetPolSnapshot $file -WarningAction Ignore
        $again = Import-NetPolSnapshot $file -WarningAction Ignore
        Get-Answer $tiers | Should -Not -BeNullOrEmpty
        $again.OtherPolicies | ForEach-Object { "$_" } | Should -Be ($tiers.OtherPolicies | ForEach-Object { "$_" })
        $again.OtherPolicies.IngressRules | Should -Be $tiers.OtherPolicies.IngressRules
        $again.OtherPolicies.Priority | Should -Be $tiers.OtherPolicies.Priority
        Get-Answer $again | Should -Be (Get-Answer $tiers)
        Compare-NetPolReachability $tiers $again -WarningAction Ignore | Should -BeNullOrEmpty
    }

    It 'keeps policies of the admin tiers' {
        $admin = @{
            apiVersion = 'policy.networking.k8s.io/v1alpha1'; kind = 'AdminNetworkPolicy'; metadata = @{ name = 'closed' }
            spec = @{ priority = 1; subject = @{ namespaces = @{} }; ingress = @(@{ action = 'Deny'; from = @(@{ namespaces = @{} }) }) }
        }
        $file = Join-Path $TestDrive 'admin.json'
        $tiers = (New-Pod a), (New-Pod b), $admin | Get-NetPolSnapshot -WarningAction Ignore
        $tiers | Export-NetPolSnapshot $file
        Test-NetPolReachability $file a b | Should -BeFalse
        (Import-NetPolSnapshot $file).OtherPolicies.Name | Should -Be closed
    }

    It 'replaces no file without -Force' {
        $file = Join-Path $TestDrive 'kept.json'
        'mine' | Set-Content $file
        $cluster | Export-NetPolSnapshot $file -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'FileExists*'
        Get-Content $file | Should -Be mine
        $cluster | Export-NetPolSnapshot $file -Force -WhatIf
        Get-Content $file | Should -Be mine
        $cluster | Export-NetPolSnapshot $file -Force
        (Import-NetPolSnapshot $file).WorkloadCount | Should -Be 3
    }

    It 'writes nothing where nothing came in' {
        $file = Join-Path $TestDrive 'nothing.json'
        $null | Export-NetPolSnapshot $file -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NoInput*'
        $file | Should -Not -Exist
    }

    It 'says that a snapshot is no YAML' {
        { $cluster | Export-NetPolSnapshot (Join-Path $TestDrive 'a.yaml') } | Should -Throw '*written as JSON*'
    }

    It 'tells again what the reading found' {
        $file = Join-Path $TestDrive 'broken.json'
        $broken = Get-NetPolSnapshot (Join-Path $manifests 'examples/broken') -ErrorAction SilentlyContinue -WarningAction Ignore
        $broken | Export-NetPolSnapshot $file -ErrorAction SilentlyContinue
        if (-not (Test-Path $file)) { $broken, (New-Pod a) | Export-NetPolSnapshot $file -ErrorAction SilentlyContinue }
        $again = Import-NetPolSnapshot $file -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction Ignore
        $errors.Count | Should -BeGreaterThan 0
        $again.Diagnostics | Where-Object Id -EQ SyntaxError | Select-Object -First 1 | ForEach-Object Location | Should -Match 'broken'
    }
}

Describe 'Import-NetPolSnapshot' {
    It 'gives one snapshot for each file' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive nights)
        $cluster | Export-NetPolSnapshot (Join-Path $folder 'a.json')
        Get-NetPolSnapshot (Join-Path $manifests three-tier-next) | Export-NetPolSnapshot (Join-Path $folder 'b.json')
        (Import-NetPolSnapshot (Join-Path $folder '*.json')).WorkloadCount | Should -Be 3, 4
    }

    It 'refuses <Name> in words, with the id <Id>' -ForEach @(
        @{ Name = 'manifests'; Id = 'NotASnapshot'; Text = 'apiVersion: v1'; Like = '*holds manifests*' }
        @{ Name = 'half a snapshot'; Id = 'SyntaxError'; Text = $null; Like = '*' }
    ) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        if ($Text) { Get-Content $threeTierJson -Raw | Set-Content $file }
        else { (Get-Content -LiteralPath $saved -Raw).Substring(0, 900) | Set-Content $file }
        Import-NetPolSnapshot $file -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id*"
        $errors[0].ToString() | Should -BeLike $Like
    }

    It 'says that there is no such file, and that a folder is none' {
        Import-NetPolSnapshot (Join-Path $TestDrive nosuch.json), $TestDrive -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId |
            Should -Be 'PathNotFound,NetPolTools.Commands.ImportNetPolSnapshotCommand', 'NotASnapshot,NetPolTools.Commands.ImportNetPolSnapshotCommand'
    }
}

Describe 'A snapshot that came back from <Name>' -ForEach @(
    @{ Name = 'Import-Clixml'; Copy = { $file = Join-Path $TestDrive 'copy.xml'; $cluster | Export-Clixml $file -Depth 5; Import-Clixml $file } }
    @{ Name = 'a job'; Copy = { Start-Job { Import-Module $using:env:NETPOLTOOLS_MODULE; Get-NetPolSnapshot $using:threeTier } | Receive-Job -Wait } }
) {
    It 'is refused in words that name what to do instead' {
        $copy = & $Copy
        $copy | Get-NetPolReachability -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NotAnObject*'
        $errors[0].ToString() | Should -BeLike '*NetPolSnapshot that came back from a job*Export-NetPolSnapshot*'
        { $copy | Test-NetPolReachability -From web -To db } | Should -Throw '*came back from a job*'
    }
}
