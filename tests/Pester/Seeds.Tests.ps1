# Five public texts about NetworkPolicies, walked through as their readers would: each command they try, and the answer they are told to expect.
# Asked are the files that a reader writes, and what kubectl gives for the running thing: pods with addresses, on nodes.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $examples = Join-Path $manifests 'examples'

    # Whether a connection is allowed, asked with -ErrorAction Stop: no answer is no answer.
    function Test-Connection {
        param($Cluster, [string] $From, [string] $To, [int] $Port, [string] $Protocol = 'TCP')
        $question = @{ From = $From; To = $To; ErrorAction = 'Stop' }
        if ($Port) { $question.Port = $Port; $question.Protocol = $Protocol }
        $Cluster | Test-NetPolReachability @question
    }

    function Get-Example {
        param([string[]] $Path)
        Get-NetPolSnapshot ($Path | ForEach-Object { Join-Path $examples $_ }) -ErrorAction Stop -WarningAction Ignore
    }

    function New-Node {
        param([string] $Name, [string] $Address)
        @{ apiVersion = 'v1'; kind = 'Node'; metadata = @{ name = $Name }; status = @{ addresses = @(@{ type = 'InternalIP'; address = $Address }) } }
    }

    function New-Namespace {
        param([string[]] $Name)
        foreach ($one in $Name) {
            @{ apiVersion = 'v1'; kind = 'Namespace'; metadata = @{ name = $one; labels = @{ 'kubernetes.io/metadata.name' = $one } } }
        }
    }

    # A pod as kubectl gives it for a cluster.
    function New-RunningPod {
        param([string] $Name, [string] $Namespace, [hashtable] $Label, [string] $Address, [string] $Node, [int] $Port)
        $pod = New-Pod $Name $Namespace $Label $Address @(if ($Port) { @{ containerPort = $Port } })
        $pod.spec.nodeName = $Node
        $pod.status.phase = 'Running'
        $pod
    }
}

Describe 'A server behind an ingress controller, on MicroK8s' {
    BeforeAll {
        $nodes = [ordered]@{ knode1 = '10.130.171.101'; knode2 = '10.130.171.130'; knode3 = '10.130.171.225'; knode4 = '10.130.171.164' }
        $addresses = @{ knode1 = '10.1.195.133'; knode2 = '10.1.69.195'; knode3 = '10.1.176.195'; knode4 = '10.1.3.130' }
        $running = @(
            New-Namespace cppserver, ingress, default
            foreach ($node in $nodes.Keys) {
                New-Node $node $nodes[$node]
                New-RunningPod "cppserver-$node" cppserver @{ app = 'cppserver' } $addresses[$node] $node 8080
                New-RunningPod "nginx-ingress-$node" ingress @{ name = 'nginx-ingress-microk8s' } ($addresses[$node] -replace '\d+$', '140') $node 443
            }
            New-RunningPod curl default @{ run = 'curl' } 10.1.69.200 knode2
            @{
                apiVersion = 'v1'; kind = 'Service'; metadata = @{ name = 'cppserver'; namespace = 'cppserver' }
                spec = @{ selector = @{ app = 'cppserver' }; clusterIP = '10.152.183.149'; ports = @(@{ port = 8080; protocol = 'TCP' }) }
            }
        )
        $policy = New-Policy cppserver cppserver @{
            podSelector = @{ matchLabels = @{ app = 'cppserver' } }
            ingress = @(@{ from = @(@{ namespaceSelector = @{ matchLabels = @{ 'kubernetes.io/metadata.name' = 'ingress' } } }) })
        }
        $before = $running | Get-NetPolSnapshot -ErrorAction Stop
        $after = @($running) + $policy | Get-NetPolSnapshot -ErrorAction Stop
    }

    It 'can be reached from anywhere in the cluster at first: by the Service, by its address, by the address of a pod, from a node' {
        Test-Connection $before default/curl cppserver/svc/cppserver 8080 | Should -BeTrue
        Test-Connection $before default/curl 10.152.183.149 8080 | Should -BeTrue
        Test-Connection $before default/curl 10.1.3.130 8080 | Should -BeTrue
        Test-Connection $before node/knode1 10.1.3.130 8080 | Should -BeTrue
    }

    It 'can be reached by the controller alone once there is a policy' {
        Test-Connection $after default/curl cppserver/svc/cppserver 8080 | Should -BeFalse
        Test-Connection $after default/curl 10.152.183.149 8080 | Should -BeFalse
        Test-Connection $after default/curl 10.1.3.130 8080 | Should -BeFalse
        Test-Connection $after ingress/nginx-ingress-knode2 10.1.3.130 8080 | Should -BeTrue
        Test-Connection $after ingress/nginx-ingress-knode2 cppserver/svc/cppserver 8080 | Should -BeTrue
        Test-Connection $after outside cppserver/svc/cppserver | Should -BeFalse
    }

    It 'cannot be reached from another node, and always from its own' {
        Test-Connection $after node/knode1 10.1.3.130 8080 | Should -BeFalse
        Test-Connection $after node/knode4 10.1.3.130 8080 | Should -BeTrue
        $own = $after | Get-NetPolReachability -From node/knode4 -To cppserver/cppserver-knode4
        $own.IsNodeTraffic | Should -BeTrue
    }

    It 'is reached by nobody else, when everybody is listed' {
        $after | Get-NetPolReachability -To app=cppserver -ExcludeNodeTraffic | ForEach-Object SourceNamespace | Sort-Object -Unique | Should -Be 'ingress'
    }

    It 'says so of the manifests too' {
        $cluster = Get-Example cppserver-ingress
        Test-Connection $cluster curl cppserver/cppserver 8080 | Should -BeFalse
        Test-Connection $cluster ingress/nginx-ingress-microk8s-controller cppserver/cppserver 8080 | Should -BeTrue
    }

    It 'needs a cluster that enforces policies: several nodes do, one alone does not' {
        Test-NetPolCniSupport (Join-Path $manifests cni/microk8s-ha.yaml) | Should -BeTrue
        Test-NetPolCniSupport (Join-Path $manifests cni/microk8s-single.yaml) | Should -BeFalse
    }
}

Describe 'A pod that only labelled clients reach, on Canal' {
    BeforeAll {
        $running = @(
            New-Namespace default
            New-Node network-policy-demo-control-plane 172.18.0.2
            New-RunningPod server default @{ app = 'secure-pod' } 10.244.0.6 network-policy-demo-control-plane 80
            New-RunningPod client default @{} 10.244.0.7 network-policy-demo-control-plane
        )
        $policy = Get-Content (Join-Path $examples secure-pod/policy.yaml) -Raw
    }

    It 'can be reached at first' {
        Test-Connection ($running | Get-NetPolSnapshot -ErrorAction Stop) client 10.244.0.6 80 | Should -BeTrue
    }

    It 'cannot be reached once there is a policy, and the reason says what the client lacks' {
        $cluster = @($running) + $policy | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster client 10.244.0.6 80 | Should -BeFalse
        $cluster | Get-NetPolReachability -From client -To server -IncludeDenied -Explain | Out-String -Width 200 |
            Should -BeLike '*would match if the pod had allow-access=true*'
        # Egress stays open.
        Test-Connection $cluster server client | Should -BeTrue
    }

    It 'can be reached again once the client is labelled, on port 80 alone' {
        $labelled = $running | ForEach-Object { $_.Clone() }
        $labelled[-1] = New-RunningPod client default @{ 'allow-access' = 'true' } 10.244.0.7 network-policy-demo-control-plane
        $cluster = @($labelled) + $policy | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster client 10.244.0.6 80 | Should -BeTrue
        Test-Connection $cluster client 10.244.0.6 443 | Should -BeFalse
    }

    It 'is asked about with the label and without, before anybody sets it' {
        $cluster = @($running) + $policy | Get-NetPolSnapshot -ErrorAction Stop
        $cluster | Edit-NetPolSnapshot -Workload client -Label allow-access=true | Test-NetPolReachability client server -Port 80 | Should -BeTrue
        $cluster | Test-NetPolReachability client server -Port 80 | Should -BeFalse
        $cluster | Edit-NetPolSnapshot -RemovePolicy simple-network-policy | Test-NetPolReachability client server -Port 443 | Should -BeTrue
        $change = Compare-NetPolReachability $cluster ($cluster | Edit-NetPolSnapshot -Workload client -Label allow-access=true)
        $change.Change, $change.Source, $change.Destination, "$($change.PortsOpened)" | Should -Be 'Opened', 'client', 'server', 'TCP 80'
    }

    It 'shows the label as a difference that opens one connection' {
        $files = 'secure-pod/server.yaml', 'secure-pod/client.yaml', 'secure-pod/policy.yaml'
        $change = Compare-NetPolReachability (Get-Example $files) (Get-Example ($files -replace 'client.yaml', 'client-with-label.yaml'))
        $change.Change, $change.Source, $change.Destination, "$($change.PortsOpened)" | Should -Be 'Opened', 'client', 'server', 'TCP 80'
    }

    It 'has another policy with both directions: in from clients on 80, out to the database on 5432' {
        $cluster = Get-Example account-service
        Test-Connection $cluster production/client production/account-service 80 | Should -BeTrue
        Test-Connection $cluster production/client production/account-service 443 | Should -BeFalse
        Test-Connection $cluster test/client production/account-service 80 | Should -BeFalse
        Test-Connection $cluster production/account-service production/db 5432 | Should -BeTrue
        Test-Connection $cluster production/account-service production/other | Should -BeFalse
    }

    It 'needs a plugin that enforces policies: <Plugin> <Word>' -ForEach @(
        @{ Plugin = 'Canal'; Enforces = $true; Word = 'does' }
        @{ Plugin = 'Calico'; Enforces = $true; Word = 'does' }
        @{ Plugin = 'Weave'; Enforces = $true; Word = 'does' }
        @{ Plugin = 'Flannel'; Enforces = $false; Word = 'does not' }
        @{ Plugin = 'kubenet'; Enforces = $false; Word = 'does not' }
    ) {
        Test-NetPolCniSupport -Plugin $Plugin -WarningAction Ignore | Should -Be $Enforces
    }
}

Describe 'Rules as a list of what is allowed' {
    It 'enforce nothing on every plugin: <Plugin>' -ForEach @(
        @{ Plugin = 'Calico'; Enforces = $true }, @{ Plugin = 'Cilium'; Enforces = $true }
        @{ Plugin = 'Flannel'; Enforces = $false }, @{ Plugin = 'Kubenet'; Enforces = $false }
    ) {
        Test-NetPolCniSupport -Plugin $Plugin -WarningAction Ignore | Should -Be $Enforces
    }

    It 'let the demo pods alone reach their database, which calls nobody' {
        $cluster = Get-Example demo-db
        Test-Connection $cluster demo demo-db | Should -BeTrue
        Test-Connection $cluster unrelated demo-db | Should -BeFalse
        Test-Connection $cluster demo-db demo | Should -BeFalse
        Test-Connection $cluster demo-db outside | Should -BeFalse
    }

    It 'stop being about a pod whose label is changed' {
        $renamed = (Get-Content (Join-Path $examples demo-db/pods.yaml) -Raw) -replace 'labels: \{app: demo-db\}', 'labels: {app: demo-db-2}'
        $cluster = "$renamed`n---`n$(Get-Content (Join-Path $examples demo-db/policy.yaml) -Raw)" | Get-NetPolSnapshot -ErrorAction Stop -WarningAction Ignore
        Test-Connection $cluster unrelated demo-db | Should -BeTrue
    }

    It 'let a pod in that puts the right label on' {
        $renamed = (Get-Content (Join-Path $examples demo-db/pods.yaml) -Raw) -replace 'labels: \{app: unrelated\}', 'labels: {app: demo}'
        $cluster = "$renamed`n---`n$(Get-Content (Join-Path $examples demo-db/policy.yaml) -Raw)" | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster unrelated demo-db | Should -BeTrue
    }

    It 'let a store receive from front ends and call two downstreams, on port 8080' {
        $cluster = Get-Example store/namespaces.yaml, store/store-api.yaml
        Test-Connection $cluster frontend/frontend store/store-api 8080 | Should -BeTrue
        Test-Connection $cluster frontend/frontend store/store-api 80 | Should -BeFalse
        Test-Connection $cluster frontend/admin store/store-api 8080 | Should -BeFalse
        Test-Connection $cluster other/impostor store/store-api 8080 | Should -BeFalse
        Test-Connection $cluster store/store-api downstream-1/downstream-1 8080 | Should -BeTrue
        Test-Connection $cluster store/store-api downstream-2/downstream-2 8080 | Should -BeTrue
        Test-Connection $cluster store/store-api downstream-1/metrics 8080 | Should -BeFalse
    }

    It 'guarantee nothing about the other end: a downstream that is isolated has to let the store in itself' {
        $closed = New-Policy closed downstream-1
        $isolated = @(Get-Example store/namespaces.yaml, store/store-api.yaml) + $closed | Get-NetPolSnapshot
        Test-Connection $isolated store/store-api downstream-1/downstream-1 8080 | Should -BeFalse
        $matched = @($isolated) + (Get-Example store/downstream-1.yaml) | Get-NetPolSnapshot
        Test-Connection $matched store/store-api downstream-1/downstream-1 8080 | Should -BeTrue
    }

    It 'let the node of a pod reach it all the same' {
        $cluster = @(
            New-Node n1 192.0.2.1
            New-RunningPod demo-db default @{ app = 'demo-db' } 10.244.0.9 n1
            Get-Content (Join-Path $examples demo-db/policy.yaml) -Raw
        ) | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster node/n1 demo-db | Should -BeTrue
    }

    It 'leave out one address of a block' {
        $policy = New-Policy block default @{
            ingress = @(@{ from = @(@{ ipBlock = @{ cidr = '10.0.0.0/24'; except = @('10.0.0.10/32') } }) })
        }
        $cluster = (New-Pod web), $policy | Get-NetPolSnapshot -ErrorAction Stop -WarningAction Ignore
        Test-Connection $cluster 10.0.0.9 web | Should -BeTrue
        Test-Connection $cluster 10.0.0.10 web | Should -BeFalse
        Test-Connection $cluster 10.0.1.1 web | Should -BeFalse
    }

    It 'are refused with a place and a remedy when they are written as in <File>' -ForEach @(
        @{ File = 'go-types-as-rules.yaml' }, @{ File = 'ipblock-as-list.yaml' }, @{ File = 'except-as-one-address.yaml' }
        @{ File = 'except-without-prefix.yaml' }, @{ File = 'namespace-selector-as-list.yaml' }, @{ File = 'pod-selector-as-list.yaml' }
        @{ File = 'both-selectors-as-lists.yaml' }, @{ File = 'pod-selector-without-match-labels.yaml' }, @{ File = 'peers-alone.yaml' }
        @{ File = 'dedented-labels.yaml' }, @{ File = 'dedented-peer.yaml' }, @{ File = 'dedented-ports.yaml' }, @{ File = 'dedented-rules.yaml' }
        @{ File = 'port-under-protocol.yaml' }
    ) {
        $null = Get-NetPolSnapshot (Join-Path $examples "broken/$File") -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -BeGreaterThan 0
        "$($problems[0])" | Should -BeLike "*$File`:*"
    }
}

Describe 'A database that the API alone reaches' {
    It 'is open at first, and closed in both directions by the first step' {
        Test-Connection (Get-Example db-policy/pods.yaml) web-pod db 3306 | Should -BeTrue
        $closed = Get-Example db-policy/pods.yaml, db-policy/closed.yaml
        Test-Connection $closed api-pod db 3306 | Should -BeFalse
        Test-Connection $closed db api-pod | Should -BeFalse
        ($closed | Get-NetPolIsolation | Where-Object Workload -EQ db).Summary | Should -Be 'locked down'
    }

    It 'is reached by the API on its port once there is a rule, and answers without another rule' {
        $cluster = Get-Example db-policy/pods.yaml, db-policy/policy.yaml
        Test-Connection $cluster api-pod db 3306 | Should -BeTrue
        Test-Connection $cluster api-pod db 22 | Should -BeFalse
        Test-Connection $cluster web-pod db 3306 | Should -BeFalse
    }

    It 'may call anyone as long as only ingress is isolated' {
        Test-Connection (Get-Example db-policy/pods.yaml, db-policy/policy.yaml) db api-pod | Should -BeTrue
    }

    It 'is open to <Who> of namespaces with a policy of <Policy>: <Allowed>' -ForEach @(
        @{ Policy = 'pod-selector'; Who = 'prod/api-pod'; Allowed = $true }
        @{ Policy = 'pod-selector'; Who = 'staging/api-pod'; Allowed = $false }
        @{ Policy = 'both-selectors'; Who = 'staging/api-pod'; Allowed = $true }
        @{ Policy = 'both-selectors'; Who = 'staging/web-pod'; Allowed = $false }
        @{ Policy = 'both-selectors'; Who = 'dev/api-pod'; Allowed = $false }
        @{ Policy = 'namespace-selector'; Who = 'staging/web-pod'; Allowed = $true }
        @{ Policy = 'namespace-selector'; Who = 'prod/api-pod'; Allowed = $false }
    ) {
        Test-Connection (Get-Example staging-and-prod/pods.yaml, "staging-and-prod/$Policy.yaml") $Who prod/db 3306 | Should -Be $Allowed
    }

    It 'is reached by a backup server outside, by its address' {
        $cluster = Get-Example backup-server/pods.yaml, backup-server/from-backup-server.yaml
        Test-Connection $cluster 192.168.5.10 db 3306 | Should -BeTrue
        Test-Connection $cluster 192.168.5.11 db 3306 | Should -BeFalse
        Test-Connection $cluster api-pod db 3306 | Should -BeFalse
    }

    It 'reaches the backup server itself with a rule for egress' {
        $cluster = Get-Example backup-server/pods.yaml, backup-server/to-backup-server.yaml
        Test-Connection $cluster db 192.168.5.10 80 | Should -BeTrue
        Test-Connection $cluster db 192.168.5.10 443 | Should -BeFalse
        Test-Connection $cluster db 192.168.5.11 80 | Should -BeFalse
    }

    It 'makes a difference of one dash: <Who> with <Policy>: <Allowed>' -ForEach @(
        @{ Policy = 'and'; Who = 'prod/api-pod'; Allowed = $true }, @{ Policy = 'and'; Who = 'prod/web-pod'; Allowed = $false }
        @{ Policy = 'and'; Who = 'staging/api-pod'; Allowed = $false }, @{ Policy = 'and'; Who = '192.168.5.10'; Allowed = $true }
        @{ Policy = 'or'; Who = 'prod/web-pod'; Allowed = $true }, @{ Policy = 'or'; Who = 'prod/api-pod'; Allowed = $true }
        @{ Policy = 'or'; Who = 'staging/web-pod'; Allowed = $false }, @{ Policy = 'or'; Who = '192.168.5.10'; Allowed = $true }
    ) {
        Test-Connection (Get-Example one-dash/pods.yaml, "one-dash/$Policy.yaml") $Who prod/db 3306 | Should -Be $Allowed
    }

    It 'needs a plugin that enforces policies: <Plugin>' -ForEach @(
        @{ Plugin = 'Kube-router'; Enforces = $true }, @{ Plugin = 'Calico'; Enforces = $true }, @{ Plugin = 'Romana'; Enforces = $true }
        @{ Plugin = 'Weave-net'; Enforces = $true }, @{ Plugin = 'Flannel'; Enforces = $false }
    ) {
        Test-NetPolCniSupport -Plugin $Plugin -WarningAction Ignore | Should -Be $Enforces
    }
}

Describe 'A lab with two busyboxes and three tiers' {
    BeforeAll {
        $tiers = 'three-tier-application/busyboxes.yaml', 'three-tier-application/database.yaml', 'three-tier-application/backend.yaml'
        $running = @(
            New-Namespace default, kube-system
            New-Node worker 100.64.0.1
            New-RunningPod bb1 default @{ app = 'bb1' } 100.115.37.81 worker
            New-RunningPod bb2 default @{ app = 'bb2' } 100.106.133.221 worker
            New-RunningPod mysqldb-0 default @{ app = 'mysqldb'; tier = 'database' } 100.106.133.234 worker 3306
            New-RunningPod flaskback-0 default @{ app = 'flaskback'; tier = 'backend' } 100.106.133.235 worker 5000
            New-RunningPod coredns kube-system @{ 'k8s-app' = 'kube-dns' } 100.96.0.10 worker 53
            foreach ($name in 'bb1', 'bb2') {
                @{
                    apiVersion = 'v1'; kind = 'Service'; metadata = @{ name = $name; namespace = 'default' }
                    spec = @{ clusterIP = 'None'; selector = @{ app = $name }; ports = @(@{ port = 8888 }) }
                }
            }
        )
        $database = Get-Content (Join-Path $examples three-tier-application/policy.yaml) -Raw
        $denyEgress = Get-Content (Join-Path $examples default-deny-egress/default-deny-egress.yaml) -Raw
        $exceptDns = Get-Content (Join-Path $examples default-deny-egress/except-dns.yaml) -Raw
    }

    It 'connects the busyboxes by address and by their Services without an address' {
        $cluster = $running | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster bb2 100.115.37.81 8888 | Should -BeTrue
        Test-Connection $cluster bb2 default/svc/bb1 8888 | Should -BeTrue
    }

    It 'lets anyone reach the database at first, and the backend alone once there is a policy' {
        Test-Connection (Get-Example $tiers) bb2 svc/mysqldb 3306 | Should -BeTrue
        foreach ($cluster in (Get-Example ($tiers + 'three-tier-application/policy.yaml')), (@($running) + $database | Get-NetPolSnapshot -ErrorAction Stop)) {
            Test-Connection $cluster bb2 app=mysqldb 3306 | Should -BeFalse
            Test-Connection $cluster tier=backend app=mysqldb 3306 | Should -BeTrue
            # Everyone still reaches the backend, which is how the text shows that it reaches the database.
            Test-Connection $cluster bb1 tier=backend 5000 | Should -BeTrue
        }
    }

    It 'leaves egress of the database open: a rule with an empty list of peers means everyone' {
        $cluster = @($running) + $database | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster app=mysqldb outside 443 | Should -BeTrue
        ($cluster | Get-NetPolIsolation | Where-Object Workload -EQ mysqldb-0).Summary | Should -BeLike '*egress open by policy*'
    }

    It 'lets a busybox reach the internet until egress is denied, and then neither the internet nor names' {
        Test-Connection ($running | Get-NetPolSnapshot -ErrorAction Stop) bb2 142.250.65.68 80 | Should -BeTrue
        $cluster = @($running) + $denyEgress | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster bb2 142.250.65.68 80 | Should -BeFalse
        Test-Connection $cluster bb2 kube-system/coredns 53 UDP | Should -BeFalse
        Test-Connection $cluster bb2 default/bb1 8888 | Should -BeFalse
    }

    It 'lets it look up names again with an exception for DNS, and the internet stays closed' {
        $cluster = @($running) + "$denyEgress`n---`n$exceptDns" | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster bb2 kube-system/coredns 53 UDP | Should -BeTrue
        Test-Connection $cluster bb2 142.250.65.68 80 | Should -BeFalse
        Test-Connection $cluster bb2 outside | Should -BeFalse
    }

    It 'adds the two policies up: what the database may call by one, the other does not take away' {
        $cluster = @($running) + "$database`n---`n$denyEgress" | Get-NetPolSnapshot -ErrorAction Stop
        Test-Connection $cluster app=mysqldb outside 443 | Should -BeTrue
        Test-Connection $cluster bb2 outside 443 | Should -BeFalse
    }
}
