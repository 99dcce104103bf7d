BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }

Describe 'New-NetPolPolicy of rules and peers' {
    It 'makes a policy that means what it says' {
        $policy = New-NetPolPolicy db shop 'tier=database' -Ingress (New-NetPolPeer 'tier=backend' | New-NetPolRule 3306) -Egress @()
        $policy.PolicyTypes | Should -Be 'Ingress', 'Egress'
        $cluster = Get-NetPolSnapshot (Join-Path $threeTier 'application.yaml')
        $after = $cluster, $policy | Get-NetPolReachability -To db | Get-Line
        $after | Should -Be 'shop/api -> shop/db: TCP 3306'
        $cluster, $policy | Get-NetPolReachability -From db | Should -BeNullOrEmpty
    }

    It 'isolates in <Expected> for <Name>' -ForEach @(
        @{ Name = 'nothing said'; Arguments = @{}; Expected = @('Ingress') }
        @{ Name = 'no ingress rules'; Arguments = @{ Ingress = @() }; Expected = @('Ingress') }
        @{ Name = 'egress rules'; Arguments = @{ Egress = @() }; Expected = @('Egress') }
        @{ Name = 'both'; Arguments = @{ Egress = @(); Ingress = @() }; Expected = 'Ingress', 'Egress' }
        @{ Name = 'what is asked for'; Arguments = @{ PolicyType = 'Egress', 'Ingress' }; Expected = 'Egress', 'Ingress' }
    ) {
        (New-NetPolPolicy a @Arguments).PolicyTypes | Should -Be $Expected
    }

    It 'reads back from its YAML, with labels and annotations' {
        $policy = New-NetPolPolicy a -Label @{ on = 'yes'; n = 1 } -Annotation @{ note = "two`nlines" } -Ingress (New-NetPolRule http, 8000-8100, 53/UDP, SCTP)
        $again = ($policy | Export-NetPolYaml | Get-NetPolSnapshot).NetworkPolicies[0]
        $again | Export-NetPolYaml | Should -Be ($policy | Export-NetPolYaml)
        $again.Metadata.Labels.ToString() | Should -Be 'n=1,on=yes'
        $again.Metadata.Annotations[0].Value | Should -Be "two`nlines"
    }

    It 'refuses what the API server would: <Name>' -ForEach @(
        @{ Name = 'a name'; Script = { New-NetPolPolicy Web_1 }; Path = 'metadata.name' }
        @{ Name = 'a namespace'; Script = { New-NetPolPolicy web a.b }; Path = 'metadata.namespace' }
        @{ Name = 'a label of the policy'; Script = { New-NetPolPolicy web -Label @{ a = 'b c' } }; Path = 'metadata.labels' }
        @{ Name = 'an annotation'; Script = { New-NetPolPolicy web -Annotation @{ 'a b' = 'c' } }; Path = 'metadata.annotations' }
        @{ Name = 'a label value'; Script = { New-NetPolPolicy web default @{ app = 'a b' } }; Path = 'spec.podSelector.matchLabels' }
        @{ Name = 'an address for a block'; Script = { New-NetPolPeer -Cidr 10.0.0.1 }; Path = 'ipBlock.cidr' }
        @{ Name = 'an exception outside the block'; Script = { New-NetPolPeer -Cidr 10.0.0.0/8 -Except 11.0.0.0/16 }; Path = 'ipBlock.except\[0\]' }
        @{ Name = 'a port'; Script = { New-NetPolRule 0 }; Path = 'port' }
        @{ Name = 'a range that ends before it begins'; Script = { New-NetPolRule 90-80 }; Path = 'endPort' }
        @{ Name = 'a peer that says nothing'; Script = { New-NetPolPeer }; Path = 'A peer must say something' }
    ) {
        $thrown = $Script | Should -Throw -PassThru
        $thrown.FullyQualifiedErrorId | Should -Match '^InvalidValue,'
        "$thrown" | Should -Match "^$Path"
    }

    It 'takes <Name> for no rule or peer' -ForEach @(
        @{ Name = 'an empty hashtable, which would let everyone in,'; Script = { New-NetPolPolicy a -Ingress @{} }; Expected = 'New-NetPolRule' }
        @{ Name = 'a hashtable'; Script = { New-NetPolRule -Peer @{ PodSelector = 'a=b' } }; Expected = 'New-NetPolPeer' }
        @{ Name = 'null among peers'; Script = { New-NetPolRule -Peer $null, (New-NetPolPeer a=b) }; Expected = 'New-NetPolPeer' }
        @{ Name = 'the pipeline'; Script = { New-NetPolRule 80 | New-NetPolPolicy a }; Expected = 'pipeline|pipe' }
    ) {
        { & $Script 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { throw $_ } else { throw 'gave something' } } } |
            Should -Throw -PassThru |
            ForEach-Object { "$_" | Should -Match $Expected }
    }

    It 'refuses <Cidr> as servers from 1.36 on do' -ForEach @(
        @{ Cidr = '10.0.0.1/8'; Reading = 'it means 10.0.0.0/8' }
        @{ Cidr = '010.0.0.0/8'; Reading = 'Kubernetes reads 10.0.0.0/8, programs that take such numbers for octal read 8.0.0.0/8' }
        @{ Cidr = '::ffff:10.0.0.0/104'; Reading = 'Kubernetes reads 10.0.0.0/8' }
    ) {
        $rule = New-NetPolPeer -Cidr $Cidr | New-NetPolRule
        { New-NetPolPolicy a -Ingress $rule } | Should -Throw -PassThru | ForEach-Object {
            "$_" | Should -Match ([regex]::Escape($Reading))
            "$_" | Should -Match 'ipBlock\.cidr'
        }
        New-NetPolPolicy a -Ingress $rule -KubernetesVersion 1.35 -WarningVariable warnings -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        "$warnings" | Should -Match 'from Kubernetes 1.36 on refuse it'
    }

    It 'refuses rules that policyTypes switches off' {
        { New-NetPolPolicy a -PolicyType Egress -Ingress (New-NetPolRule) } | Should -Throw '-Ingress gives rules, and -PolicyType leaves Ingress out*'
    }
}

Describe 'New-NetPolPeer' {
    It 'knows <Name>' -ForEach @(
        @{ Name = 'pods of the own namespace'; Arguments = @{ PodSelector = 'app=web' }; Yaml = 'podSelector: {matchLabels: {app: web}}' }
        @{ Name = 'pods of a namespace by name'; Arguments = @{ PodSelector = 'app=web'; Namespace = 'shop' };
            Yaml = 'namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: web}}' }
        @{ Name = 'several namespaces by name'; Arguments = @{ Namespace = 'a', 'b' };
            Yaml = 'namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [a, b]}]}' }
        @{ Name = 'every namespace'; Arguments = @{ NamespaceSelector = @{} }; Yaml = 'namespaceSelector: {}' }
        @{ Name = 'addresses'; Arguments = @{ Cidr = '::/0'; Except = 'fd00::/8' }; Yaml = 'ipBlock: {cidr: ::/0, except: ["fd00::/8"]}' }
    ) {
        $expected = "apiVersion: networking.k8s.io/v1`nkind: NetworkPolicy`nmetadata: {name: a, namespace: default}`n" +
            "spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{$Yaml}]}]}"
        New-NetPolPolicy a -Ingress (New-NetPolPeer @Arguments | New-NetPolRule) | Export-NetPolYaml | Should -Be ($expected | Export-NetPolYaml)
    }

    It 'takes namespaces by name or by labels' {
        { New-NetPolPeer -Namespace a -NamespaceSelector @{} } | Should -Throw -ErrorId 'InvalidValue,NetPolTools.Commands.NewNetPolPeerCommand'
    }
}

Describe 'Completion while a policy is written' {
    It 'knows <Parameter> from a snapshot in a variable' -ForEach @(
        @{ Parameter = 'the labels of pods'; Line = 'New-NetPolPeer -PodSelector tier=b'; Expected = "'tier=backend'" }
        @{ Parameter = 'namespaces'; Line = 'New-NetPolPeer -Namespace sh'; Expected = 'shop' }
        @{ Parameter = 'the labels of namespaces'; Line = 'New-NetPolPeer -NamespaceSelector kubernetes.io'; Expected = "'kubernetes.io/metadata.name=shop'" }
        @{ Parameter = 'the namespace of a policy'; Line = 'New-NetPolPolicy web -Namespace s'; Expected = 'shop' }
        @{ Parameter = 'directions'; Line = 'New-NetPolPolicy web -PolicyType Eg'; Expected = 'Egress' }
    ) {
        $global:clusterForCompletion = Get-NetPolSnapshot $threeTier
        try { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Contain $Expected }
        finally { Remove-Variable clusterForCompletion -Scope Global }
    }
}

Describe 'New-NetPolRule' {
    It 'holds every peer of the pipeline' {
        ('a', 'b' | ForEach-Object { New-NetPolPeer -Namespace $_ } | New-NetPolRule 80).Peers.Count | Should -Be 2
    }

    It 'lets nobody in by an empty pipeline, which as a rule would mean everybody' {
        { @() | New-NetPolRule 80 } | Should -Throw -ErrorId 'InvalidValue,NetPolTools.Commands.NewNetPolRuleCommand'
        { New-NetPolRule 80 -Peer @() } | Should -Throw
    }
}
