BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $threeTier = Join-Path $manifests 'three-tier'
    $cluster = @'
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: default}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: default}}
---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p, namespace: default},
 spec: {endpointSelector: {matchLabels: {app: none}}, ingress: [{fromEntities: [all]}]}}
'@
}

Describe '-CiliumSetting' {
    It 'changes the answer' {
        Test-NetPolReachability $cluster web db -WarningAction SilentlyContinue | Should -BeTrue
        Test-NetPolReachability $cluster web db -CiliumSetting @{ 'enable-policy' = 'always' } -WarningAction SilentlyContinue |
            Should -BeFalse
    }

    It 'takes switches as truth values and lists as lists' {
        $verbose = Get-NetPolReachability -InputObject $cluster -Verbose -WarningAction SilentlyContinue -CiliumSetting @{
            'enable-host-firewall' = $true; 'policy-cidr-match-mode' = 'nodes', 'pods' } 4>&1 | ForEach-Object ToString
        $verbose | Should -Contain 'Cilium: enable-host-firewall=true (given)'
        $verbose | Should -Contain 'Cilium: policy-cidr-match-mode=nodes,pods (given)'
        $verbose | Should -Contain 'Cilium: enable-policy=default (default)'
    }

    It 'is refused where it means nothing' {
        { Get-NetPolReachability -InputObject $cluster -CiliumSetting @{ 'enable-polcy' = 'always' } } |
            Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*Did you mean enable-policy?*'
    }

    It 'counts for comparisons and for isolation' {
        $change = Compare-NetPolReachability $cluster $cluster -CiliumSetting @{ 'enable-policy' = 'always' } -WarningAction SilentlyContinue
        $change | Should -BeNullOrEmpty
        $open = Get-NetPolIsolation -InputObject $cluster -Open -CiliumSetting @{ 'enable-policy' = 'always' } -WarningAction SilentlyContinue
        $open | Should -BeNullOrEmpty
    }
}

Describe 'ConvertTo-NetPolCiliumPolicy' {
    It 'gives policies that read back from their YAML and decide the same' {
        $policies = ConvertTo-NetPolCiliumPolicy $threeTier -WarningAction SilentlyContinue
        $policies.Count | Should -Be (Get-NetPolSnapshot $threeTier).NetworkPolicyCount
        $converted = @($policies | Export-NetPolYaml) + '---' + (Get-Content (Join-Path $threeTier 'application.yaml') -Raw)
        Compare-NetPolReachability $threeTier ($converted -join "`n") -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'says that only Cilium enforces them' {
        $null = ConvertTo-NetPolCiliumPolicy $threeTier -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'Only Cilium enforces'
    }
}
