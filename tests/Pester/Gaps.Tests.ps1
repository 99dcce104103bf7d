BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }

Describe 'What an input lacks, or holds and is not evaluated' {
    BeforeAll {
        $pods = @'
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: lab}
---
apiVersion: v1
kind: Pod
metadata: {name: srv, namespace: lab}
'@
        $foreign = @'
apiVersion: networking.gke.io/v1alpha3
kind: FQDNNetworkPolicy
metadata: {name: p, namespace: lab}
spec: {}
'@
    }

    It 'is on the objects, and told once' {
        $lines = "$pods`n---`n$foreign" | Get-NetPolReachability -From cli -To srv -WarningVariable warnings -WarningAction SilentlyContinue
        $lines.NotEvaluated | Should -Be 'FQDNNetworkPolicy (networking.gke.io/v1alpha3)'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*1 FQDNNetworkPolicy (networking.gke.io/v1alpha3): lab/p.*'
    }

    It 'ends a test with an error in place of an answer' {
        { "$pods`n---`n$foreign" | Test-NetPolReachability -From cli -To srv -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'NotEvaluated,NetPolTools.Commands.TestNetPolReachabilityCommand'
    }

    It 'is nothing where all is evaluated' {
        $lines = $pods | Get-NetPolReachability -From cli -To srv -WarningVariable warnings
        $lines.NotEvaluated | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'Traffic of nodes with their own pods' {
    BeforeAll {
        $live = @'
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.1.10}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {nodeName: n1}
status: {podIP: 10.1.0.1}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
'@
    }

    It 'is marked, and can be left out' {
        ($live | Get-NetPolReachability -To db).IsNodeTraffic | Should -Be $true
        $live | Get-NetPolReachability -To db -ExcludeNodeTraffic | Should -BeNullOrEmpty
    }

    It 'is not the outside' {
        $live | Test-NetPolReachability -From outside -To db | Should -Be $false
        $live | Test-NetPolReachability -From node/n1 -To db | Should -Be $true
        $live | Test-NetPolReachability -From db -To node/n1 | Should -Be $false
    }
}
