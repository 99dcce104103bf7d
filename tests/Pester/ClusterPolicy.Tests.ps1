BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $adminTiers = Join-Path $manifests 'admin-tiers'
    $older = Join-Path $manifests 'admin-tiers-v1alpha1'
    $pods = Join-Path $adminTiers 'application.yaml'
}

Describe 'New-NetPolClusterPolicy of rules and peers' {
    It 'makes a policy that means what it says' {
        $rules = @(
            New-NetPolClusterPeer -NamespaceSelector team=bank | New-NetPolClusterRule Pass
            New-NetPolClusterPeer -NamespaceSelector @{} | New-NetPolClusterRule Deny
        )
        $policy = New-NetPolClusterPolicy bank Admin 20 -NamespaceSelector team=bank -Ingress $rules
        $cluster = Get-NetPolSnapshot $pods
        $cluster, $policy | Get-NetPolReachability -From shop/web -To bank/ledger -Cni Enforcing | Should -BeNullOrEmpty
        $cluster, $policy | Get-NetPolReachability -From bank/teller -To bank/ledger -Cni Enforcing | Get-Line | Should -Be 'bank/teller -> bank/ledger: All'
    }

    It 'reads back from its YAML with every kind of peer and port' {
        $egress = @(
            (New-NetPolClusterPeer app=db), (New-NetPolClusterPeer app=db -Namespace a, b), (New-NetPolClusterPeer -NamespaceSelector team=a) |
                New-NetPolClusterRule Accept 80, 8000-8100/SCTP, UDP, http -Name first
            (New-NetPolClusterPeer -Cidr 10.0.0.0/8, ::/0), (New-NetPolClusterPeer -NodeSelector @{}), (New-NetPolClusterPeer -DomainName '*.example.com') |
                New-NetPolClusterRule Deny 443
        )
        $policy = New-NetPolClusterPolicy a Baseline 1000 -PodSelector app=web -Egress $egress -Label @{ n = 1 } -Annotation @{ note = "two`nlines" }
        $again = ($policy | Export-NetPolYaml | Get-NetPolSnapshot -WarningAction SilentlyContinue -ErrorVariable problems).OtherPolicies[0]
        $problems | Should -BeNullOrEmpty
        $again | Export-NetPolYaml | Should -Be ($policy | Export-NetPolYaml)
        $again.Metadata.Labels.ToString() | Should -Be 'n=1'
        $again.Egress[0].Ports.Count | Should -Be 4
    }

    It 'refuses what the API server would: <Name>' -ForEach @(
        @{ Name = 'a name'; Script = { New-NetPolClusterPolicy Web_1 Admin 1 -PodSelector @{} }; Path = 'metadata.name' }
        @{ Name = 'a priority'; Script = { New-NetPolClusterPolicy a Admin 1001 -PodSelector @{} }; Path = 'spec.priority' }
        @{ Name = 'addresses that come in'; Path = 'spec.ingress\[0\].from\[0\].networks'
            Script = { New-NetPolClusterPolicy a Admin 1 -PodSelector @{} -Ingress (New-NetPolClusterPeer -Cidr 10.0.0.0/8 | New-NetPolClusterRule Deny) } }
        @{ Name = 'an address for a block'; Script = { New-NetPolClusterPeer -Cidr 10.0.0.1 }; Path = 'peer.networks\[0\]' }
        @{ Name = 'a domain name'; Script = { New-NetPolClusterPeer -DomainName localhost }; Path = 'peer.domainNames\[0\]' }
        @{ Name = 'a block twice'; Script = { New-NetPolClusterPeer -Cidr ::/0, ::/0 }; Path = 'peer.networks\[1\]' }
        @{ Name = 'a port'; Script = { New-NetPolClusterPeer a=b | New-NetPolClusterRule Deny 0 }; Path = 'protocols\[0\].tcp.destinationPort.number' }
        @{ Name = 'a range that ends before it begins'; Script = { New-NetPolClusterPeer a=b | New-NetPolClusterRule Deny 90-80 };
            Path = 'protocols\[0\].tcp.destinationPort.range' }
        @{ Name = 'a named port of addresses'; Script = { New-NetPolClusterPeer -Cidr ::/0 | New-NetPolClusterRule Deny http }; Path = '.*namedPorts' }
    ) {
        $thrown = $Script | Should -Throw -PassThru
        $thrown.FullyQualifiedErrorId | Should -Match '^InvalidValue,'
        "$thrown" | Should -Match "^$Path"
    }

    It 'takes <Name> for a mistake' -ForEach @(
        @{ Name = 'nobody'; Script = { New-NetPolClusterPolicy a Admin 1 }; Expected = 'Nobody is named' }
        @{ Name = 'a peer of nobody'; Script = { New-NetPolClusterPeer }; Expected = 'Nobody is named' }
        @{ Name = 'a rule without peers'; Script = { New-NetPolClusterRule Deny }; Expected = 'names its peers' }
        @{ Name = 'a peer of the other family'; Script = { New-NetPolPeer a=b | New-NetPolClusterRule Deny }; Expected = 'New-NetPolClusterPeer' }
        @{ Name = 'a rule of the other family'; Script = { New-NetPolClusterPolicy a Admin 1 -PodSelector @{} -Ingress (New-NetPolRule 80) };
            Expected = 'New-NetPolClusterRule' }
        @{ Name = 'a name with a protocol'; Script = { New-NetPolClusterPeer a=b | New-NetPolClusterRule Deny http/UDP }; Expected = 'whatever its protocol' }
        @{ Name = 'the pipeline'; Script = { New-NetPolClusterPeer a=b | New-NetPolClusterRule Deny | New-NetPolClusterPolicy a Admin 1 };
            Expected = 'pipeline|pipe' }
    ) {
        { & $Script 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { throw $_ } else { throw 'gave something' } } } |
            Should -Throw -PassThru |
            ForEach-Object { "$_" | Should -Match $Expected }
    }

    It 'is shown with its tier, its priority and whom it is about' {
        $shown = New-NetPolClusterPolicy bank Admin 20 -Namespace bank -Ingress (New-NetPolClusterPeer -NamespaceSelector @{} | New-NetPolClusterRule Deny 80) |
            Format-List | Out-String -Width 200
        $shown | Should -Match 'Tier +: Admin'
        $shown | Should -Match 'Subject +: every pod of namespaces with kubernetes.io/metadata.name=bank'
        $shown | Should -Match 'Ingress +: Deny every pod of every namespace on 80/TCP'
    }
}

Describe 'ConvertTo-NetPolClusterPolicy' {
    It 'makes policies that answer the same' {
        $converted = Get-ChildItem $pods, (Join-Path $older policies.yaml) | ConvertTo-NetPolClusterPolicy -WarningAction SilentlyContinue -Verbose 4>&1
        $replaced, $policies = $converted.Where({ $_ -is [Management.Automation.VerboseRecord] -and "$_" -like 'To be deleted*' }, 'Split')
        "$replaced" | Should -BeLike '*AdminNetworkPolicy metrics, AdminNetworkPolicy bank, BaselineAdminNetworkPolicy default.'
        $policies = $policies.Where{ $_ -isnot [Management.Automation.VerboseRecord] }
        $policies.ForEach{ "$($_.Tier) $($_.Priority) $($_.Name)" } | Should -Be 'Admin 10 metrics', 'Admin 20 bank', 'Baseline 1000 default'
        $before = Get-ChildItem $pods, (Join-Path $older policies.yaml) | Get-NetPolReachability -WarningAction SilentlyContinue | Get-Line
        $before | Should -Not -Be (Get-NetPolReachability $pods | Get-Line)
        @(Get-NetPolSnapshot $pods) + $policies | Get-NetPolReachability -WarningAction SilentlyContinue | Get-Line | Should -Be $before
    }

    It 'refuses with the reason what has no order to be kept' {
        $policy = (Get-Content (Join-Path $older policies.yaml) -Raw) -replace 'priority: 20', 'priority: 10'
        $policy | ConvertTo-NetPolClusterPolicy -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problems |
            ForEach-Object Name | Should -Be 'default'
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotConverted,*'
        "$($problems[0])" | Should -BeLike '*has the priority 10 too*'
    }

    It 'has nothing to make of an input without such policies' {
        ConvertTo-NetPolClusterPolicy $adminTiers -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
    }
}

Describe 'New-DefaultDenyPolicy for the whole cluster' {
    It 'makes one <_>' -ForEach 'ClusterNetworkPolicy', 'BaselineAdminNetworkPolicy' {
        $policy = Get-NetPolSnapshot $pods | New-DefaultDenyPolicy -As $_ -AllowDns -WarningAction SilentlyContinue -WarningVariable warnings
        $policy.Kind | Should -Be $_
        "$warnings" | Should -BeLike "*Few network plugins enforce a $_*can keep out pods alone*"
        @(Get-NetPolSnapshot $pods) + $policy | Test-NetPolReachability -From shop/web -To bank/ledger -Port 80 -WarningAction SilentlyContinue |
            Should -BeFalse
        Get-NetPolSnapshot $pods | New-DefaultDenyPolicy -As $_ -AllowDns -Simulate -WarningAction SilentlyContinue |
            Where-Object { $_.Source -eq 'web' -and $_.Destination -eq 'ledger' } | ForEach-Object Change | Should -Be 'Closed'
    }

    It 'needs no cluster and no namespace' {
        New-DefaultDenyPolicy -As ClusterNetworkPolicy -AllowDns -Priority 5 -WarningAction SilentlyContinue | ForEach-Object { "$($_.Tier) $($_.Priority)" } |
            Should -Be 'Baseline 5'
    }

    It 'does not close everything where nothing was piped in' {
        @() | New-DefaultDenyPolicy -As ClusterNetworkPolicy -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problems |
            Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
    }

    It 'has a priority only as ClusterNetworkPolicy' {
        { New-DefaultDenyPolicy shop -Priority 5 } | Should -Throw '*no priority*'
    }
}

Describe 'The sample of the admin tiers' {
    It 'shows who decides' {
        $lines = Get-NetPolReachability $adminTiers -Cni Enforcing -To bank/ledger | Get-Line
        $lines | Should -Contain 'monitoring/prometheus -> bank/ledger: TCP 9090'
        $lines | Should -Contain 'bank/teller -> bank/ledger: TCP 8080'
        $lines | Should -Not -Match '^shop/web'
    }
}
