BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $snapshot = Get-NetPolSnapshot $threeTier
}

Describe 'New-DefaultDenyPolicy' {
    It 'closes a namespace by name, and DNS stays open where asked' {
        $policies = New-DefaultDenyPolicy shop -AllowDns
        $policies.Name | Should -Be 'default-deny', 'allow-dns'
        $policies.Namespace | Should -Be 'shop', 'shop'
        $policies[1].Egress[0].Ports.Protocol | Should -Be 'UDP', 'TCP'
        $policies[1].Egress[0].Peers.Count | Should -Be 1
    }

    It 'takes namespaces from <Name>' -ForEach @(
        @{ Name = 'names'; Namespaces = { 'shop', 'other' }; Expected = 'other', 'shop' }
        @{ Name = 'what kubectl get -o name prints'; Namespaces = { 'namespace/shop', 'namespace/kube-system' }; Expected = 'shop' }
        @{ Name = 'Namespace objects, without system namespaces'; Expected = 'other', 'shop'; Namespaces = {
                'shop', 'kube-system', 'other' | ForEach-Object { [pscustomobject]@{ apiVersion = 'v1'; kind = 'Namespace'; metadata = @{ name = $_ } } } } }
        @{ Name = 'a list of them'; Expected = 'shop'; Namespaces = {
                '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}]}' | ConvertFrom-Json } }
        @{ Name = 'the namespaces of a snapshot'; Namespaces = { $snapshot.Namespaces }; Expected = 'shop' }
        @{ Name = 'a snapshot'; Namespaces = { $snapshot }; Expected = 'shop' }
        @{ Name = 'manifests'; Namespaces = { Get-ChildItem $threeTier }; Expected = 'shop' }
        @{ Name = 'lines of manifests'; Namespaces = { Get-Content (Join-Path $threeTier 'application.yaml') }; Expected = 'shop' }
        @{ Name = 'names behind a blank line'; Namespaces = { '', 'shop' }; Expected = 'shop' }
        @{ Name = 'names beside a manifest'; Namespaces = { (Get-Content (Join-Path $threeTier 'application.yaml') -Raw), 'other' }; Expected = 'other' }
        @{ Name = 'workloads of Get-NetPolIsolation'; Namespaces = { Get-NetPolIsolation $threeTier }; Expected = 'shop' }
        @{ Name = 'what Get-NetPolIsolation finds open'; Namespaces = { Get-NetPolIsolation $threeTier -By Namespace -Open }; Expected = 'shop' }
    ) {
        (& $Namespaces | New-DefaultDenyPolicy -Direction Ingress -WarningAction SilentlyContinue).Namespace | Should -Be $Expected
    }

    It 'closes nothing where the name of a namespace is wrong' {
        $snapshot, 'Shop_x' | New-DefaultDenyPolicy -AllowDns -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        "$problems" | Should -Match "namespace 'Shop_x' must consist"
    }

    It 'takes the cluster by its path, too, under either name' {
        $expected = Get-NetPolSnapshot $threeTier | New-DefaultDenyPolicy | ForEach-Object { "$($_.Reference)" }
        New-DefaultDenyPolicy -Path $threeTier | ForEach-Object { "$($_.Reference)" } | Should -Be $expected
        New-NetPolDefaultDeny -LiteralPath $threeTier | ForEach-Object { "$($_.Reference)" } | Should -Be $expected
        'shop' | New-DefaultDenyPolicy -Path $threeTier | ForEach-Object { "$($_.Reference)" } | Should -Be $expected
        New-DefaultDenyPolicy shop -Path $threeTier -Simulate | Should -Not -BeNullOrEmpty
        { Get-Item $threeTier | New-DefaultDenyPolicy -Path $threeTier } | Should -Throw '*-Path is the cluster*'
    }

    It 'picks among the namespaces of a snapshot with wildcards' {
        ($snapshot | New-DefaultDenyPolicy 'sh*' -Direction Ingress).Namespace | Should -Be 'shop'
        $snapshot | New-DefaultDenyPolicy 'x*' -Direction Ingress -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'NoMatch,NetPolTools.Commands.NewDefaultDenyPolicyCommand'
    }

    It 'takes a selector as <Name>' -ForEach @(
        @{ Name = 'text'; Selector = 'app=web,tier in (a,b),!canary'; Text = 'app=web,tier in (a,b),!canary' }
        @{ Name = 'a hashtable'; Selector = @{ app = 'web'; version = 2 }; Text = 'app=web,version=2' }
        @{ Name = 'an empty hashtable'; Selector = @{}; Text = '<everything>' }
    ) {
        "$((New-DefaultDenyPolicy shop -Direction Ingress -PodSelector $Selector).PodSelector)" | Should -Be $Text
    }

    It 'refuses a selector that is none' {
        { New-DefaultDenyPolicy shop -PodSelector 'a in b' } | Should -Throw '*label key*'
        { New-DefaultDenyPolicy shop -PodSelector 7 } | Should -Throw '*expected a selector*'
        { New-DefaultDenyPolicy shop -PodSelector '' } | Should -Throw '*@{}*'
    }

    It 'warns where egress is closed and DNS with it' {
        New-DefaultDenyPolicy shop -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        "$warnings" | Should -Match 'DNS is not left open'
    }

    It 'gives no policy at all where the API server was to stay open and its address is not known' {
        New-DefaultDenyPolicy shop -AllowDns -AllowApiServer -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'UnknownAddress,NetPolTools.Commands.NewDefaultDenyPolicyCommand'
        (New-DefaultDenyPolicy shop -AllowDns -ApiServerAddress 192.0.2.10 -ApiServerPort 6443)[2].Egress[0].Ports[0].Port.Number | Should -Be 6443
    }

    It 'pipes into a comparison that shows what it would cut' {
        $changes = New-DefaultDenyPolicy shop -AllowDns | Compare-NetPolReachability $threeTier -Apply
        $changes | ForEach-Object { "$_" } | Should -Contain 'Closed shop/web -> shop/api: TCP 5000 -> None'
        $simulated = $snapshot | New-DefaultDenyPolicy -AllowDns -Simulate
        $simulated | Get-Line | Should -Be ($changes | Get-Line)
    }

    It 'is compared as applied without being asked, with a warning' {
        $policies = New-DefaultDenyPolicy shop -AllowDns
        $changes = $policies | Compare-NetPolReachability $threeTier -WarningVariable warnings -WarningAction SilentlyContinue
        $changes | Get-Line | Should -Be ($policies | Compare-NetPolReachability $threeTier -Apply | Get-Line)
        "$warnings" | Should -Match 'applied'
    }

    It 'has nothing to simulate without a cluster' {
        'shop' | New-DefaultDenyPolicy -AllowDns -Simulate -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'NoInput,NetPolTools.Commands.NewDefaultDenyPolicyCommand'
    }

    It 'completes namespaces from a snapshot that is piped in' {
        $line = '$snapshot | New-DefaultDenyPolicy -Namespace s'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'shop'
    }
}
