BeforeAll {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $manifests = Join-Path $PSScriptRoot '../manifests'
    $threeTier = Join-Path $manifests 'three-tier'
    $open = @'
apiVersion: v1
kind: Pod
metadata: {name: lonely, namespace: away}
---
apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: away}
spec: {hostNetwork: true}
'@
}

Describe 'Get-NetPolIsolation' {
    It 'tells how each workload is isolated, and by which policies' {
        $db = Get-NetPolIsolation $threeTier | Where-Object Workload -eq db
        "$($db.Ingress) $($db.IngressFrom) $($db.IngressPorts.ToString())" | Should -Be 'Isolated 1 workload TCP 3306'
        "$($db.Egress) $($db.EgressTo) $($db.EgressPorts.ToString())" | Should -Be 'Denied nothing None'
        $db.IngressPolicies | Should -Be 'db', 'default-deny-ingress'
        $db.EgressPolicies | Should -Be 'db'
        $db.Summary | Should -Be 'ingress isolated, egress denied'
    }

    It 'names who is allowed, and whom' {
        Set-StrictMode -Version Latest
        $shop = Get-NetPolIsolation $threeTier
        $db = $shop | Where-Object Workload -EQ db
        $db.IngressFrom.Workloads | Should -Be 'shop/api'
        $db.IngressFrom.Workloads.Count, $db.IngressFrom.AllWorkloads, $db.IngressFrom.AllAddresses | Should -Be 1, $false, $false
        $db.EgressTo.Workloads | Should -BeNullOrEmpty
        $db.From | Should -Be '1 workload'
        ($shop | Where-Object To -EQ everything).Workload | Should -Be 'api', 'web'
        # None are listed where all are allowed.
        $web = ($shop | Where-Object Workload -EQ web).IngressFrom
        "$web", $web.AllWorkloads, $web.AllAddresses, $web.Workloads.Count | Should -Be 'everyone', $true, $true, 0
        ($db | ConvertTo-Csv | ConvertFrom-Csv).IngressFrom | Should -Be '1 workload'
        ($db | ConvertTo-Json | ConvertFrom-Json).IngressFrom.Workloads | Should -Be 'shop/api'
    }

    It 'names addresses that are allowed, without those of pods, and leaves out a pod that is alone' {
        $policy = New-NetPolPolicy p a -Ingress (((New-NetPolPeer -Cidr 10.0.0.0/8 -Except 10.1.0.0/16), (New-NetPolPeer app=x)) | New-NetPolRule 80)
        $pods = 'a', 'b' | ForEach-Object { @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $_; namespace = 'a'; labels = @{ app = 'x' } };
            spec = @{ containers = @(@{ name = 'c' }) } } }
        $pods += @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = 'c'; namespace = 'a' }; spec = @{ containers = @(@{ name = 'c' }) } }
        $from = ($pods + $policy | Get-NetPolIsolation | Where-Object Workload -EQ a).IngressFrom
        "$from" | Should -Be '1 workload, addresses'
        $from.Workloads | Should -Be 'a/b'
        $from.Addresses | Should -Be '10.0.0.0/16', '10.2.0.0-10.255.255.255'
    }

    It 'tells what is wide open, and that hostNetwork pods always are' {
        $open | Get-NetPolIsolation | ForEach-Object { "$_" } | Should -Be 'away/agent: hostNetwork, never isolated', 'away/lonely: wide open'
    }

    It 'leaves out what is isolated both ways with -Open' {
        (Get-NetPolIsolation $threeTier -Open).Workload | Should -Be 'api', 'web'
    }

    It 'says of namespaces how many workloads are isolated and whether a new pod would be' {
        $shop = Get-NetPolIsolation $threeTier -By Namespace
        "$($shop.Workloads) $($shop.IngressIsolated) $($shop.EgressIsolated)" | Should -Be '3 3 1'
        $shop.IngressDefaultDeny | Should -BeTrue
        $shop.IngressDefaults | Should -Be 'default-deny-ingress'
        $shop.EgressDefaultDeny | Should -BeFalse
        $shop.Summary | Should -Be 'ingress default deny, 1 of 3 isolated for egress'
    }

    It 'keeps to the namespaces asked about' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $snapshot | Get-NetPolIsolation -Namespace s* | Should -HaveCount 3
        $snapshot | Get-NetPolIsolation -Namespace away -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -Be "-Namespace 'away' matches no namespace of the input."
        $snapshot | Get-NetPolIsolation -Namespace away, shop -ErrorAction SilentlyContinue | Should -HaveCount 3
    }

    It 'fits a table, and wraps where there is little room' {
        Get-NetPolIsolation $threeTier | Out-String -Width 80 | Should -Match 'Summary'
        $lines = (Get-NetPolIsolation $threeTier | Out-String -Width 120) -split '\r?\n'
        $lines | Should -Contain '   Namespace: shop'
        $lines -match '^db +1 workload +nothing +ingress isolated, egress denied *$' | Should -HaveCount 1
    }
}
