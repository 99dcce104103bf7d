BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $flows = Join-Path $repository 'tests/flows'
    $workloads = Get-NetPolSnapshot (Join-Path $threeTier 'application.yaml')

    # The connections that policies allow between the workloads of the three tiers, without the outside.
    function Get-Allowed {
        param([object[]] $Policy)
        Get-NetPolReachability -InputObject (@($workloads) + $Policy) -WarningAction Ignore |
            Where-Object { $_.SourceKind -ne 'Addresses' -and $_.DestinationKind -ne 'Addresses' } | Get-Line
    }
}

Describe 'ConvertTo-NetPolPolicy' {
    It 'gives back the connections that it was asked for' {
        $policies = Get-NetPolReachability $threeTier | ConvertTo-NetPolPolicy $threeTier
        $policies.Name | Should -Be 'default-deny', 'allow-api', 'allow-db', 'allow-web'
        Compare-NetPolReachability $threeTier (@($workloads) + $policies) | Should -BeNullOrEmpty
    }

    It 'takes connections in every form they come in' {
        $connections = Get-NetPolReachability $threeTier
        $expected = $connections | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12
        $connections | ConvertTo-Csv | ConvertFrom-Csv | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12 | Should -Be $expected
        $connections | ConvertTo-Json -Depth 5 | ConvertFrom-Json | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12 | Should -Be $expected
        $connections | ConvertTo-Json -Depth 5 | ConvertFrom-Json -AsHashtable | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12 |
            Should -Be $expected
        $connections | ForEach-Object { $_ | ConvertTo-Json -Compress } | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12 | Should -Be $expected
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($connections, 3)) |
            ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12 | Should -Be $expected
    }

    It 'takes the workloads as paths, objects and snapshots' {
        $connections = Get-NetPolReachability $threeTier
        $expected = ($connections | ConvertTo-NetPolPolicy $threeTier).Name
        ($connections | ConvertTo-NetPolPolicy (Get-NetPolSnapshot $threeTier)).Name | Should -Be $expected
        ($connections | ConvertTo-NetPolPolicy (Get-ThreeTierObject)).Name | Should -Be $expected
        ($connections | ConvertTo-NetPolPolicy (Join-Path $threeTier '*.yaml')).Name | Should -Be $expected
        (ConvertTo-NetPolPolicy -Snapshot $threeTier -InputObject $connections).Name | Should -Be $expected
    }

    It 'ignores denied connections' {
        $all = Get-NetPolReachability $threeTier -IncludeDenied | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12
        $all | Should -Be (Get-NetPolReachability $threeTier | ConvertTo-NetPolPolicy $threeTier | ConvertTo-Json -Depth 12)
    }

    It 'reads the flows of <_>, as lines, objects and files' -ForEach 'hubble', 'calico' {
        $file = Join-Path $flows "$_.jsonl"
        $expected = 'shop/api -> shop/db: TCP 3306', 'shop/web -> shop/api: TCP 5000'
        $policies = Get-Item $file | ConvertTo-NetPolPolicy $threeTier -WarningVariable told -WarningAction SilentlyContinue
        Get-Allowed $policies | Should -Be $expected
        "$told" | Should -Match 'Of the flow records, \d denied, .* ask for nothing'
        Get-Allowed (Get-Content $file | ConvertTo-NetPolPolicy $threeTier -WarningAction Ignore) | Should -Be $expected
        Get-Allowed (Get-Content $file | ConvertFrom-Json | ConvertTo-NetPolPolicy $threeTier -WarningAction Ignore) | Should -Be $expected
        Get-Allowed ('[' + ((Get-Content $file) -join ",`n") + ']' | ConvertTo-NetPolPolicy $threeTier -WarningAction Ignore) | Should -Be $expected
        ($policies | Where-Object Name -eq allow-web).Ingress.Peers.IPBlock.Cidr | Should -Be '203.0.113.7/32'
    }

    It 'closes one direction alone' {
        $policies = Get-NetPolReachability $threeTier | ConvertTo-NetPolPolicy $threeTier -Direction Ingress
        $policies.PolicyTypes | Sort-Object -Unique | Should -Be 'Ingress'
        $policies | Where-Object Egress | Should -BeNullOrEmpty
    }

    It 'makes policies for the namespaces asked for, for those of the system only where they are named' {
        $pods = (New-Pod web shop @{ app = 'web' }), (New-Pod dns kube-system @{ app = 'dns' })
        $row = [pscustomobject] @{ SourceNamespace = 'shop'; Source = 'web'; SourceKind = 'Pod'; DestinationNamespace = 'kube-system'; Destination = 'dns';
            DestinationKind = 'Pod'; Ports = 'UDP 53' }
        ($row | ConvertTo-NetPolPolicy $pods).Namespace | Sort-Object -Unique | Should -Be 'shop'
        ($row | ConvertTo-NetPolPolicy $pods -Namespace kube-system, shop).Namespace | Sort-Object -Unique | Should -Be 'kube-system', 'shop'
        ($row | ConvertTo-NetPolPolicy $pods -Namespace 'sh*').Metadata.Namespace | Sort-Object -Unique | Should -Be 'shop'
        { $row | ConvertTo-NetPolPolicy $pods -Namespace nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'NoMatch,*'
    }

    It 'says who cannot be told apart, and opens nothing for them' {
        $pods = (New-Pod a x @{ app = 'same' }), (New-Pod b x @{ app = 'same' }), (New-Pod c x @{ app = 'c' })
        $row = [pscustomobject] @{ SourceNamespace = 'x'; Source = 'c'; SourceKind = 'Pod'; DestinationNamespace = 'x'; Destination = 'a';
            DestinationKind = 'Pod'; Ports = 'TCP 80' }
        $policies = $row | ConvertTo-NetPolPolicy $pods -ErrorVariable problems -ErrorAction SilentlyContinue
        $policies.Name | Should -Be 'default-deny'
        $problems.FullyQualifiedErrorId | Should -Be 'Unselectable,NetPolTools.Commands.ConvertToNetPolPolicyCommand'
        "$problems" | Should -Match 'x/a\[Pod\].*same labels as x/b\[Pod\] \(app=same\).*x/c\[Pod\] -> x/a\[Pod\] on TCP 80'
    }

    It 'reports a record that means nothing and goes on with the others' {
        $good = '{"source":{"namespace":"shop","name":"web","kind":"Deployment"},' +
            '"destination":{"namespace":"shop","name":"api","kind":"Deployment"},"ports":"TCP 1"}'
        $lines = '{"source":', $good, '{"a":1}', ($good -replace '"web"', '"gone"'), ($good -replace 'TCP 1', 'TCP x'), ''
        $policies = $lines | ConvertTo-NetPolPolicy $threeTier -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'SyntaxError', 'NotTraffic', 'UnknownEnd', 'InvalidValue'
        "$($problems[1])" | Should -Match 'pipeline text:3:1'
        $policies.Name | Should -Contain 'allow-web'
        $pod = [pscustomobject] @{ kind = 'Pod'; apiVersion = 'v1' }
        $pod | ConvertTo-NetPolPolicy $threeTier -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction Ignore
        $problems[0].TargetObject.kind | Should -Be 'Pod'
    }

    It 'makes nothing of nothing, and says so' {
        @() | ConvertTo-NetPolPolicy $threeTier -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$told" | Should -Match 'no allowed connection'
        $null, '' | ConvertTo-NetPolPolicy $threeTier -WarningAction Ignore | Should -BeNullOrEmpty
        { 'x' | ConvertTo-NetPolPolicy (Join-Path $manifests 'no-such') -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
    }

    It 'shows a table of one line for each policy' {
        $text = Get-NetPolReachability $threeTier | ConvertTo-NetPolPolicy $threeTier | Out-String -Width 100
        $text | Should -Match 'shop +default-deny +all +nothing +nothing'
        $text | Should -Match 'shop +allow-web +app=web +1 rule +3 rules'
    }

    It 'completes namespaces from the snapshot' {
        (TabExpansion2 "ConvertTo-NetPolPolicy '$threeTier' -Namespace s").CompletionMatches.CompletionText | Should -Be 'shop'
    }
}
